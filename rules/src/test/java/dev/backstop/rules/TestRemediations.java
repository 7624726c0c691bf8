package dev.backstop.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The remediations that the catalogue names; that they exist is tested where both are known. */
final class TestRemediations {
    private static final String KEY = "remediation:";

    static final Set<String> IDS = named(Path.of(System.getProperty("backstop.root"), "rules", "catalog"));

    private TestRemediations() {}

    private static Set<String> named(Path catalogue) {
        Set<String> ids = new TreeSet<>();
        try (Stream<Path> files = Files.list(catalogue)) {
            for (Path file : files.toList()) {
                List<String> lines = Files.readAllLines(file);
                lines.stream()
                        .filter(line -> line.startsWith(KEY))
                        .forEach(line -> ids.add(line.substring(KEY.length()).strip()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ids;
    }
}
