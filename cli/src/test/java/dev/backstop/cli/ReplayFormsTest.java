package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the form, the findings are the same. */
final class ReplayFormsTest {
    private static final List<JsonNode> RECORDS = List.of(
            Records.opened("one"), Records.byHuman(Records.opened("two")), Records.opened("three"), Records.assumed());

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyFormGivesTheSameFindings() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.jsonl"), lines(RECORDS, false));
        Run expected = Run.of("replay", "--json", plain.toString());
        assertEquals(2, expected.lines().size(), expected.err());
        return forms().entrySet().stream()
                .flatMap(form -> Stream.of(false, true).map(zipped -> {
                    String name = form.getKey() + (zipped ? ", gzipped" : "");
                    byte[] content =
                            zipped ? gzip(form.getValue()) : form.getValue().getBytes(StandardCharsets.UTF_8);
                    return DynamicTest.dynamicTest(name, () -> {
                        Path file = Files.write(folder.resolve("input.any"), content);
                        assertEquals(expected, Run.of("replay", "--json", file.toString()), name);
                        assertEquals(
                                expected, Run.with(content, "replay", "--json", "-"), name + ", from standard input");
                    });
                }));
    }

    private static Map<String, String> forms() throws IOException {
        List<JsonNode> envelopes = RECORDS.stream()
                .<JsonNode>map(record -> EventEnvelope.around(CloudTrailRecord.of(record, "test")))
                .toList();
        Map<String, String> forms = new LinkedHashMap<>();
        List<JsonNode> payloads = envelopes.stream()
                .<JsonNode>map(envelope -> Json.object().put("rule", "any").set("event", envelope))
                .toList();
        List<JsonNode> failures = payloads.stream()
                .<JsonNode>map(payload -> Json.object().put("version", "1.0").set("requestPayload", payload))
                .toList();
        for (var kind : Map.of(
                        "records",
                        RECORDS,
                        "envelopes",
                        envelopes,
                        "payloads",
                        payloads,
                        "failed invocations",
                        failures)
                .entrySet()) {
            String of = " of " + kind.getKey();
            ArrayNode list = Json.MAPPER.createArrayNode().addAll(kind.getValue());
            forms.put("NDJSON" + of, lines(kind.getValue(), false));
            forms.put(
                    "NDJSON with Windows line ends" + of,
                    lines(kind.getValue(), false).replace("\n", "\r\n"));
            forms.put("pretty-printed one after another" + of, lines(kind.getValue(), true));
            forms.put("on one line" + of, lines(kind.getValue(), false).replace("\n", ""));
            forms.put("list" + of, Json.write(list));
            forms.put("pretty-printed list" + of, list.toPrettyString());
            forms.put("list, one a line" + of, Json.write(list).replace("},{\"", "},\n{\""));
            forms.put("with a byte order mark" + of, "\ufeff" + Json.write(list));
        }
        JsonNode log =
                Json.object().set("Records", Json.MAPPER.createArrayNode().addAll(RECORDS));
        forms.put("log file", Json.write(log));
        forms.put("pretty-printed log file", log.toPrettyString());
        forms.put("log file with more in it", Json.write(log).replaceFirst("}$", ",\"more\":{\"a\":[1,\"]}\"]}}"));
        return forms;
    }

    private static String lines(List<JsonNode> values, boolean pretty) {
        return values.stream()
                .map(value -> pretty ? value.toPrettyString() : Json.write(value))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    static byte[] gzip(String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
