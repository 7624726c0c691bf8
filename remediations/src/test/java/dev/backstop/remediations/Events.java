package dev.backstop.remediations;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Records of the test events that stand beside the rules. */
final class Events {
    private static final Path FOLDER = Path.of(System.getProperty("backstop.root"), "test-events");

    private Events() {}

    static CloudTrailRecord matching(String rule, String name) throws IOException {
        return read(FOLDER.resolve(rule).resolve("matches").resolve(name + ".json"));
    }

    static CloudTrailRecord ignored(String rule, String name) throws IOException {
        return read(FOLDER.resolve(rule).resolve("ignores").resolve(name + ".json"));
    }

    private static CloudTrailRecord read(Path file) throws IOException {
        return CloudTrailRecord.of(Json.read(Files.readString(file)).path("detail"), file.toString());
    }
}
