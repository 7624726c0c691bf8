package dev.backstop.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The events that a rule is held to. */
final class TestEvents {
    static final Path ROOT = Path.of(System.getProperty("backstop.root"), "test-events");

    private TestEvents() {}

    /** Those that the rule must match. */
    static List<Path> matches(RuleDefinition rule) {
        return files(ROOT.resolve(rule.id()).resolve("matches"));
    }

    /** Those that look alike, and that it must not match. */
    static List<Path> ignores(RuleDefinition rule) {
        return files(ROOT.resolve(rule.id()).resolve("ignores"));
    }

    static JsonNode read(Path file) {
        try {
            return Json.read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.of()) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
