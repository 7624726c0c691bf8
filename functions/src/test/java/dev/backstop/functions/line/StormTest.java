package dev.backstop.functions.line;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.Alert;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import dev.backstop.core.Routes;
import dev.backstop.core.contract.TestClock;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.memory.LocalBreaker;
import dev.backstop.core.memory.LocalControls;
import dev.backstop.core.memory.LocalForgedTags;
import dev.backstop.core.memory.LocalHistory;
import dev.backstop.core.memory.LocalIncidents;
import dev.backstop.core.memory.LocalJournal;
import dev.backstop.core.memory.LocalRevocations;
import dev.backstop.core.memory.LocalSessionRegistry;
import dev.backstop.core.memory.LocalTimeline;
import dev.backstop.core.memory.Outbox;
import dev.backstop.core.port.Incidents;
import dev.backstop.core.port.Incidents.Case;
import dev.backstop.core.port.Journal;
import dev.backstop.core.port.Timeline;
import dev.backstop.functions.sdk.BackstopTable;
import dev.backstop.functions.sdk.DynamoIncidents;
import dev.backstop.functions.sdk.DynamoJournal;
import dev.backstop.functions.sdk.DynamoTimeline;
import dev.backstop.functions.sdk.TestTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many findings of many sessions at once, each delivered twice: few messages, true totals, nothing lost. */
class StormTest {
    private static final int THREADS = 16;

    private final TestClock clock = new TestClock();
    private final Outbox outbox = new Outbox();

    @Test
    void twoThousandFindingsOfTwentySessionsOpenTwentyIncidents() throws Exception {
        Storm storm = new Storm(new LocalIncidents(clock), new LocalJournal(clock), new LocalTimeline());

        storm.rage(20, 100, 1);

        storm.isToldOnceASession(20, 100);
    }

    @Test
    void howeverManyResourcesTheMessagesAreBounded() throws Exception {
        Storm storm = new Storm(new LocalIncidents(clock), new LocalJournal(clock), new LocalTimeline());

        storm.rage(20, 100, 50);

        Map<String, Long> messages = outbox.alerts().stream()
                .collect(groupingBy(alert -> alert.session().id(), counting()));
        assertEquals(20, messages.size());
        messages.forEach((session, count) -> assertEquals(Incidents.MOST_MESSAGES, count, session));
        storm.isRecorded(20, 100);
    }

    @Test
    void theTableCountsTheSame() throws Exception {
        BackstopTable table = TestTable.atomic();
        Storm storm = new Storm(
                new DynamoIncidents(table, clock), new DynamoJournal(table, clock), new DynamoTimeline(table, clock));

        storm.rage(4, 15, 1);

        storm.isToldOnceASession(4, 15);
    }

    private final class Storm {
        private final Incidents incidents;
        private final Timeline timeline;
        private final Responder responder;

        private Storm(Incidents incidents, Journal journal, Timeline timeline) {
            this.incidents = incidents;
            this.timeline = timeline;
            LocalAws aws = new LocalAws();
            Line line = new Line(
                    _ -> aws,
                    new LocalSessionRegistry(),
                    timeline,
                    journal,
                    new LocalControls(Mode.OBSERVE),
                    new LocalHistory(),
                    _ -> List.of(),
                    _ -> List.of(),
                    new Restraints(new LocalBreaker(), new LocalForgedTags()),
                    new GroupedAlerts(outbox, incidents, Routes.DEFAULT),
                    outbox);
            Limits limits = new Limits(Records.ACCOUNT, Duration.ofHours(1), Duration.ZERO);
            responder = new Responder(line, AgentSelector.DEFAULT, limits, clock, _ -> {});
        }

        /** Every finding twice, in an order that a seed decides. */
        private void rage(int sessions, int each, int resources) throws Exception {
            List<Callable<Answer>> calls = new ArrayList<>();
            for (int delivery = 0; delivery < 2; delivery++) {
                for (int session = 0; session < sessions; session++) {
                    for (int finding = 0; finding < each; finding++) {
                        Detection detection = detection(session, finding, resources);
                        String invocation = session + "-" + finding + "-" + delivery;
                        calls.add(() -> answered(detection, invocation));
                    }
                }
            }
            Collections.shuffle(calls, new Random(7));
            try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
                for (Future<Answer> answer : threads.invokeAll(calls)) {
                    answer.get();
                }
            }
        }

        /** As Lambda does with what another invocation is at: again, later. */
        private Answer answered(Detection detection, String invocation) {
            while (true) {
                try {
                    return responder.respond(detection, invocation);
                } catch (StillBusyException _) {
                    Thread.onSpinWait();
                }
            }
        }

        private void isToldOnceASession(int sessions, int each) {
            List<Alert> opening = outbox.alerts();
            assertEquals(sessions, opening.size());
            assertEquals(
                    sessions,
                    opening.stream()
                            .map(alert -> alert.incident().id())
                            .distinct()
                            .count());
            isRecorded(sessions, each);

            clock.pass(Duration.ofHours(13));
            new IncidentSweep(incidents, new LocalRevocations(), outbox, clock).run();

            List<Alert> closing =
                    outbox.alerts().subList(sessions, outbox.alerts().size());
            assertEquals(sessions, closing.size());
            for (Alert alert : closing) {
                assertTrue(alert.incident().closing());
                assertEquals(each, alert.incident().findings(), alert.session().id());
            }
            new IncidentSweep(incidents, new LocalRevocations(), outbox, clock).run();
            assertEquals(2 * sessions, outbox.alerts().size(), "said once");
            Map<String, Integer> summarised = outbox.alerts().stream()
                    .collect(groupingBy(alert -> alert.session().id(), summingInt(alert -> alert.incident()
                            .summarised())));
            summarised.forEach((session, count) -> assertEquals(each - 1, count, session));
        }

        /** In its incident, in its session's timeline and on the bus, each once. */
        private void isRecorded(int sessions, int each) {
            assertEquals(sessions, incidents.open().size());
            for (Case incident : incidents.open()) {
                assertEquals(each, incidents.findings(incident.id()).size());
                assertEquals(each, timeline.of(incident.session().id()).size());
            }
            assertEquals(sessions * each, outbox.events().size());
            assertEquals(
                    sessions * each,
                    outbox.events().stream()
                            .map(event -> event.detail().path("eventId").asText())
                            .distinct()
                            .count());
        }
    }

    private static Detection detection(int session, int finding, int resources) {
        String id = "sess_storm" + session;
        String json = """
                {"eventVersion":"1.11","eventID":"e-%1$s-%2$d","eventTime":"2026-11-23T10:00:00Z",
                 "eventSource":"ec2.amazonaws.com","eventName":"AuthorizeSecurityGroupIngress",
                 "awsRegion":"us-east-1","recipientAccountId":"%3$s","userIdentity":%4$s,
                 "requestParameters":{"instanceId":"i-%1$s-%5$d"},"responseElements":null}""".formatted(id, finding, Records.ACCOUNT, Records.agent(id), finding % resources);
        return new Detection(Records.rule("storm", "", Response.ALERT), CloudTrailRecord.of(Json.read(json), "storm"));
    }
}
