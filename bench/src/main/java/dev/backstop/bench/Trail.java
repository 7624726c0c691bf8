package dev.backstop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Records as in a trail, made of the sessions in test-events: some calls by agents, the others by a pipeline's role. */
final class Trail {
    private static final int SIZE = 2_000;

    private Trail() {}

    /**
     * As many lines of about 2,000 characters, always the same ones.
     *
     * @param share how many of them are agents' calls, 1 for all
     */
    static List<String> of(double share, int count) throws IOException {
        List<ObjectNode> models = models();
        Random random = new Random(2_026);
        List<String> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ObjectNode record = models.get(random.nextInt(models.size())).deepCopy();
            record.put("eventID", new UUID(random.nextLong(), random.nextLong()).toString());
            String line = Json.write(record);
            record.put(
                    "userAgent",
                    record.path("userAgent").asText() + " md/Botocore".repeat(Math.max(0, SIZE - line.length()) / 12));
            line = Json.write(record);
            lines.add(random.nextDouble() < share ? line : byPipeline(line));
        }
        return lines;
    }

    private static String byPipeline(String line) {
        return line.replace("role/agents/", "role/pipelines/")
                .replace("role/agent-", "role/pipeline-")
                .replace("sess_", "build-");
    }

    private static List<ObjectNode> models() throws IOException {
        List<ObjectNode> models = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("test-events/sessions"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode event = Json.read(line);
                    models.add((ObjectNode) (event.has("detail") ? event.path("detail") : event));
                }
            }
        }
        return models;
    }
}
