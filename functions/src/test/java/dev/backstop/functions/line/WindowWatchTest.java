package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Alert;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import dev.backstop.core.Records;
import dev.backstop.core.memory.LocalJournal;
import dev.backstop.core.port.Detections;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.RuleBook;
import dev.backstop.rules.WindowBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows as the function sees them: in batches, at once, in any order, and again. */
class WindowWatchTest {
    private static final WindowBook BOOK = WindowBook.of(RuleBook.catalogue(Configuration.DEFAULT, Remediations.ids()));
    private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");
    private static final List<String> SERVICES = List.of("ec2", "rds", "s3", "lambda");

    private final Stage stage = new Stage();

    @Test
    void whatCrossesIsAnsweredAsAnythingElse() {
        stage.now = TEN.plusSeconds(60);
        deletions(10).forEach(record -> deliver(List.of(record)));

        Detection detection = only();
        assertEquals("mass-deletion", detection.rule().id());
        assertEquals(TEN.plusSeconds(18), detection.record().eventTime());
        stage.responder().respond(detection, "one");
        stage.responder().respond(detection, "two");

        Alert alert = stage.outbox.alerts().getFirst();
        assertEquals(1, stage.outbox.alerts().size());
        assertEquals("sess_a8f3b21c", alert.session().id());
        assertEquals("jordan", alert.session().developer());
        assertEquals("agent-deploy-role", alert.resource().id());
        assertTrue(
                alert.rule()
                        .why()
                        .endsWith(
                                "Seen from 2026-11-20T10:00:00Z to 2026-11-20T10:00:18Z: 10 calls of 4"
                                        + " services: ec2:DeleteThing 3, rds:DeleteThing 3, lambda:DeleteThing 2, s3:DeleteThing 2."),
                alert.rule().why());
        assertEquals(1, stage.revocations.all().size(), "the session is stopped");
    }

    @Test
    void nineOrTwoServicesAreNotMany() {
        deletions(9).forEach(record -> deliver(List.of(record)));
        IntStream.range(0, 30)
                .forEach(i -> deliver(List.of(call("DeleteThing", SERVICES.get(i % 2), 3600 + i, "o" + i))));

        assertEquals(List.of(), stage.detections.handed());
    }

    @Test
    void tenInMoreThanFiveMinutesAreNotMany() {
        IntStream.range(0, 40)
                .forEach(i -> deliver(List.of(call("DeleteThing", SERVICES.get(i % 4), i * 34, "slow" + i))));

        assertEquals(List.of(), stage.detections.handed());
    }

    /** What is known of a crossing must not depend on how its calls came. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void inAnyOrderAndAtOnceThereIsExactlyOne(int seed) throws Exception {
        List<CloudTrailRecord> records = new ArrayList<>(deletions(24));
        Collections.shuffle(records, new Random(seed));
        records.addAll(records.subList(0, 8)); // Delivered twice.
        List<Callable<Void>> invocations = records.stream()
                .gather(Gatherers.windowFixed(1 + seed % 5))
                .map(batch -> (Callable<Void>) () -> {
                    deliver(batch);
                    return null;
                })
                .toList();
        try (ExecutorService lambdas = Executors.newFixedThreadPool(6)) {
            for (var done : lambdas.invokeAll(invocations)) {
                done.get();
            }
        }

        assertEquals("mass-deletion", only().rule().id());
        assertEquals(id(), only().record().eventId());
    }

    /** The record that crosses may be kept by one and weighed by the other. */
    @Test
    void whoKeepsLastSeesAll() {
        List<CloudTrailRecord> records = deletions(10);
        ActivityWatch one = watch(stage.detections);
        ActivityWatch other = watch(stage.detections);
        List<Counted> seenByOne = new ArrayList<>();
        List<Counted> seenByOther = new ArrayList<>();
        records.subList(0, 5).forEach(record -> one.see(record, seenByOne::add));
        records.subList(5, 10).forEach(record -> other.see(record, seenByOther::add));

        other.weigh(seenByOther);
        one.weigh(seenByOne);

        assertEquals(id(), only().record().eventId());
    }

    @Test
    void whatCouldNotBeHandedOverComesBack() {
        List<CloudTrailRecord> records = deletions(10);
        Detections broken = _ -> {
            throw new IllegalStateException("throttled");
        };
        assertThrows(IllegalStateException.class, () -> deliver(watch(broken), records));

        deliver(records);

        assertEquals(id(), only().record().eventId());
    }

    @Test
    void anHourLaterItIsSaidAgain() {
        deletions(30).forEach(record -> deliver(List.of(record)));
        IntStream.range(0, 10)
                .forEach(i -> deliver(List.of(call("DeleteThing", SERVICES.get(i % 4), 3600 + i, "later" + i))));

        assertEquals(2, stage.detections.handed().size());
    }

    @Test
    void whatTheSessionCreatedItselfDoesNotCount() {
        for (int i = 0; i < 20; i++) {
            String volume = "{\"volumeId\":\"vol-" + i + "\"}";
            String group = "{\"logGroupName\":\"g" + i + "\"}";
            String function = "{\"functionName\":\"f" + i + "\"}";
            deliver(List.of(record("ec2", "CreateVolume", "{}", volume, 2 * i, "a" + i)));
            deliver(List.of(record("logs", "CreateLogGroup", group, "null", 2 * i, "b" + i)));
            deliver(List.of(record("lambda", "CreateFunction20150331", function, "{}", 2 * i, "c" + i)));
            deliver(List.of(record("ec2", "DeleteVolume", volume, "{}", 100 + i, "d" + i)));
            deliver(List.of(record("logs", "DeleteLogGroup", group, "null", 100 + i, "e" + i)));
            deliver(List.of(record("lambda", "DeleteFunction20150331", function, "{}", 100 + i, "f" + i)));
        }
        assertEquals(List.of(), stage.detections.handed());

        deletions(10).forEach(record -> deliver(List.of(record)));
        assertEquals("mass-deletion", only().rule().id());
    }

    /** What a session tries after its kill is refused by the kill. */
    @Test
    void aStoppedSessionsCallsCountNoMore() {
        stage.now = TEN.plusSeconds(60);
        deletions(10).forEach(record -> deliver(List.of(record)));
        stage.responder().respond(only(), "one");
        stage.now = TEN.plusSeconds(90);

        for (int i = 0; i < 40; i++) {
            var denied = record("ec2", "Describe" + i % 8, "{}", "null", 100 + i, "x" + i);
            ((ObjectNode) denied.json()).put("errorCode", "AccessDenied");
            deliver(List.of(CloudTrailRecord.of(denied.json(), "test")));
        }

        assertEquals(1, stage.detections.handed().size());
    }

    private Detection only() {
        assertEquals(1, stage.detections.handed().size());
        return stage.detections.handed().getFirst();
    }

    /** The id that whoever sees the whole session gives. */
    private String id() {
        return BOOK.rules().stream()
                .filter(rule -> rule.rule().id().equals("mass-deletion"))
                .flatMap(rule -> rule.crossings(stage.timeline.of("sess_a8f3b21c"), Map.of()).stream())
                .map(crossing -> crossing.id("sess_a8f3b21c"))
                .reduce((one, two) -> one + " and " + two)
                .orElse("none");
    }

    private void deliver(List<CloudTrailRecord> batch) {
        deliver(watch(stage.detections), batch);
    }

    private static void deliver(ActivityWatch watch, List<CloudTrailRecord> batch) {
        List<Counted> counted = new ArrayList<>();
        batch.forEach(record -> watch.see(record, counted::add));
        watch.weigh(counted);
    }

    /** A function's instance of its own. */
    private ActivityWatch watch(Detections detections) {
        KillProof proof = new KillProof(
                stage.known, stage.revoker, new LocalJournal(stage), stage.outbox, stage.outbox, stage, _ -> {});
        WindowWatch windows = new WindowWatch(BOOK, stage.timeline, stage.journal, detections);
        return new ActivityWatch(
                stage.known, AgentSelector.DEFAULT, stage.revoker, proof, stage.forgedTags, windows, stage);
    }

    private static List<CloudTrailRecord> deletions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> call("DeleteThing", SERVICES.get(i % 4), 2 * i, "e" + i))
                .toList();
    }

    private static CloudTrailRecord call(String name, String service, int second, String id) {
        return record(service, name, "{}", "null", second, id);
    }

    private static CloudTrailRecord record(
            String service, String name, String request, String response, int second, String id) {
        var json = (ObjectNode) Records.record(
                        service,
                        name,
                        request,
                        response,
                        TEN.plusSeconds(second).toString())
                .json();
        return CloudTrailRecord.of(Json.read(Json.write(json.put("eventID", id).put("readOnly", false))), "test");
    }
}
