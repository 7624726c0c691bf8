package dev.backstop.cli.demo;

import dev.backstop.cli.demo.Paper.Ink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls without anything to tell, shown together. */
final class Stretch {
    private final Paper paper;
    private final Headline headline;
    private final List<Scene> scenes = new ArrayList<>();

    Stretch(Paper paper, Headline headline) {
        this.paper = paper;
        this.headline = headline;
    }

    void add(Scene scene) {
        scenes.add(scene);
    }

    void end() {
        if (scenes.isEmpty()) {
            return;
        }
        Scene first = scenes.getFirst();
        String what = scenes.size() == 1 ? alone(first) : scenes.size() + " calls of ordinary work: " + callers();
        paper.entry(Headline.time(first), Ink.DIM, what + "; not touched", Ink.DIM);
        scenes.clear();
    }

    private String alone(Scene scene) {
        String error = scene.record().errorCode();
        return headline.of(scene) + (error == null ? ": ordinary work" : ": " + error + ", so nothing changed");
    }

    private String callers() {
        Map<String, Integer> calls = new LinkedHashMap<>();
        scenes.forEach(scene -> calls.merge(scene.caller().name(), 1, Integer::sum));
        return calls.entrySet().stream()
                .map(caller -> caller.getKey() + " " + caller.getValue())
                .collect(Collectors.joining(", "));
    }
}
