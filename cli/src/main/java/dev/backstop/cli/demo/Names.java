package dev.backstop.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** What things of the script are called in the world it is played in, where a server gives out ids of its own. */
final class Names {
    /** Longest first, so that a name which begins with another one is not cut in two. */
    private final Map<String, String> real =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    void put(String scripted, String called) {
        if (!scripted.equals(called)) {
            real.put(scripted, called);
        }
    }

    /** A copy in which every name is the real one. */
    JsonNode real(JsonNode scripted) {
        return real.isEmpty() ? scripted : Json.read(real(Json.write(scripted)));
    }

    /** A text in which every name is the real one. */
    String real(String scripted) {
        String text = scripted;
        for (Map.Entry<String, String> name : real.entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        return text;
    }
}
