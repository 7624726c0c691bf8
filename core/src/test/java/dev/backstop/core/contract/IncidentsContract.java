package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Incident;
import dev.backstop.core.Occurrence;
import dev.backstop.core.Resource;
import dev.backstop.core.Severity;
import dev.backstop.core.Urgency;
import dev.backstop.core.port.Incidents;
import dev.backstop.core.port.Incidents.Case;
import dev.backstop.core.port.Incidents.Closed;
import dev.backstop.core.port.Incidents.Counted;
import dev.backstop.core.port.Incidents.Counted.Quiet;
import dev.backstop.core.port.Incidents.Counted.Tell;
import dev.backstop.core.port.Incidents.Seen;
import dev.backstop.core.port.Tally;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Incidents} does. */
public abstract class IncidentsContract {
    private static final List<String> CONTAINED = List.of("contained", "contained");

    private final TestClock clock = new TestClock();

    /** The same incidents on every call within a test; they read this clock, and are asked by several threads. */
    protected abstract Incidents incidents(InstantSource clock);

    @Test
    protected void theFirstFindingOpensAnIncidentAndIsToldOf() {
        Occurrence first = finding("e-1", "sg-1");

        Incident incident = tell(first).incident();

        assertEquals(new Incident(incident.id(), incident.openedAt(), 1, 0, false), incident);
        Case open = incidents().open().getFirst();
        assertEquals(List.of(open), incidents().open());
        assertEquals(incident.id(), open.id());
        assertEquals("sess_a", open.subject());
        assertEquals(Samples.session(), open.session());
        assertEquals(first.resource(), open.resource());
        assertEquals(clock.instant(), open.openedAt());
        assertEquals(Optional.of(open), incidents().find(incident.id()));
        assertEquals(Optional.empty(), incidents().find("inc-0000000000"));
    }

    @Test
    protected void whatTheSameRuleFindsOnTheSameResourceIsCountedAndSaidWithTheNextMessage() {
        told(finding("e-1", "sg-1"));
        quiet(finding("e-2", "sg-1"));
        quiet(finding("e-3", "sg-1"));
        clock.pass(Incidents.WINDOW.minusMillis(1));
        quiet(finding("e-4", "sg-1"));
        clock.pass(Incidents.LEASE);

        Incident next = told(finding("e-5", "sg-1")).incident();

        assertEquals(5, next.findings());
        assertEquals(3, next.summarised());
        clock.pass(Incidents.WINDOW);
        assertEquals(0, told(finding("e-6", "sg-1")).incident().summarised(), "said once");
    }

    @Test
    protected void anotherResourceAnotherRuleAndAnotherSessionAreToldOf() {
        Incident first = told(finding("e-1", "sg-1")).incident();

        assertEquals(2, told(finding("e-2", "sg-2")).incident().findings());
        Occurrence other = with(finding("e-3", "sg-1"), "other-rule", Severity.HIGH, false, CONTAINED);
        assertEquals(first.id(), told(other).incident().id());
        Incident another = told(of("sess_b", "e-4")).incident();
        assertNotEquals(first.id(), another.id());
        assertEquals(1, another.findings());
    }

    @Test
    protected void aHigherSeverityIsToldOfAndALowerOneIsNot() {
        told(severe("e-1", Severity.MEDIUM));

        told(severe("e-2", Severity.HIGH));
        quiet(severe("e-3", Severity.HIGH));
        quiet(severe("e-4", Severity.LOW));
    }

    @Test
    protected void whatIsAlwaysToldOfIsToldOf() {
        told(finding("e-1", "sg-1"));

        told(with(finding("e-2", "sg-1"), "rule", Severity.HIGH, true, List.of("failed")));
        told(with(finding("e-3", "sg-1"), "rule", Severity.HIGH, true, List.of("failed")));
        quiet(finding("e-4", "sg-1"));
    }

    @Test
    protected void aRepetitionIsNeitherCountedNorToldOfUnlessSomethingCameOfIt() {
        Occurrence failed = with(finding("e-1", "sg-1"), "rule", Severity.HIGH, true, List.of("failed"));
        told(failed);
        quiet(failed);
        quiet(finding("e-2", "sg-1", "failed"));

        Incident mended = told(finding("e-1", "sg-1")).incident();

        assertEquals(2, mended.findings());
        quiet(finding("e-1", "sg-1"));
        assertEquals(2, incidents().findings(mended.id()).size());
    }

    @Test
    protected void whoeverCrashedBeforeTellingTellsWhenItIsRunAgain() {
        Occurrence first = finding("e-1", "sg-1");
        tell(first);
        quiet(finding("e-2", "sg-1"));

        assertEquals(2, tell(first).incident().findings());
        clock.pass(Incidents.WINDOW);
        tell(first);
    }

    @Test
    protected void whoeverCrashedForGoodIsStoodInForByTheNext() {
        tell(finding("e-1", "sg-1"));
        clock.pass(Incidents.LEASE.minusMillis(1));
        quiet(finding("e-2", "sg-1"));
        clock.pass(Incidents.LEASE);

        Incident next = told(finding("e-3", "sg-1")).incident();

        assertEquals(3, next.findings());
        assertEquals(2, next.summarised(), "the one whose message was lost, and the one that was only counted");
    }

    @Test
    protected void messagesOfNewResourcesAreBoundedAndWhatIsMoreSevereComesOnTop() {
        for (int i = 0; i < Incidents.MOST_MESSAGES; i++) {
            told(finding("e-" + i, "sg-" + i));
        }
        quiet(finding("e-x", "sg-x"));
        told(with(finding("e-y", "sg-y"), "rule", Severity.CRITICAL, false, CONTAINED));
        quiet(with(finding("e-z", "sg-z"), "rule", Severity.CRITICAL, false, CONTAINED));
        clock.pass(Incidents.WINDOW);

        Incident next = told(finding("e-n", "sg-n")).incident();

        assertEquals(Incidents.MOST_MESSAGES + 4, next.findings());
        assertEquals(1, next.summarised(), "the other was said with the more severe one");
    }

    @Test
    protected void findingsAreKeptAsTheyWereCounted() {
        Occurrence first = finding("e-1", "sg-1");
        String id = told(first).incident().id();
        Instant one = clock.instant();
        clock.pass(Incidents.LEASE);
        Occurrence second = finding("e-2", "sg-1");
        quiet(second);

        assertEquals(
                List.of(new Seen(first, one, true, one), new Seen(second, clock.instant(), false, null)),
                incidents().findings(id));
    }

    @Test
    protected void whatWasSummarisedIsNotSaidAgain() {
        String id = told(finding("e-1", "sg-1")).incident().id();
        quiet(finding("e-2", "sg-1"));
        Case open = incidents().find(id).orElseThrow();
        assertEquals(1, tally(id).unsaid(open));

        incidents().summarised(open, 1);

        assertEquals(0, tally(id).unsaid(incidents().find(id).orElseThrow()));
        assertEquals(
                Optional.of(new Incident(id, open.openedAt(), 2, 0, false)),
                incidents().current("sess_a"));
        assertEquals(Optional.empty(), incidents().current("sess_b"));
    }

    @Test
    protected void whatIsClosedIsOverAndTheNextFindingOpensAnother() {
        String id = told(finding("e-1", "sg-1")).incident().id();
        Case open = incidents().find(id).orElseThrow();
        clock.pass(Incidents.WINDOW);
        Closed how = new Closed(clock.instant(), 1, "backstop", "it is quiet", false, false);

        assertTrue(incidents().close(open, how));

        assertFalse(incidents().close(open, how), "once");
        assertEquals(List.of(), incidents().open());
        Case closed = incidents().find(id).orElseThrow();
        assertEquals(how, closed.closed());
        assertEquals(open.session(), closed.session());
        assertEquals(List.of(closed), incidents().closedSince(clock.instant()));
        assertEquals(List.of(), incidents().closedSince(clock.instant().plusMillis(1)));
        incidents().closingTold(closed);
        assertTrue(Objects.requireNonNull(incidents().find(id).orElseThrow().closed())
                .told());
        clock.pass(Incidents.LEASE);
        Incident next = told(finding("e-2", "sg-1")).incident();
        assertNotEquals(id, next.id());
        assertEquals(1, next.findings());
    }

    @Test
    protected void whatAFindingJoinedSinceIsNotClosed() {
        String id = told(finding("e-1", "sg-1")).incident().id();
        Case read = incidents().find(id).orElseThrow();
        quiet(finding("e-2", "sg-1"));

        assertFalse(incidents().close(read, new Closed(clock.instant(), 1, "backstop", "", false, false)));

        assertNull(incidents().find(id).orElseThrow().closed());
        assertTrue(incidents()
                .close(
                        incidents().find(id).orElseThrow(),
                        new Closed(clock.instant(), 2, "ana", "a drill of ours", true, false)));
    }

    @Test
    protected void whatNobodyCountedCannotBeTold() {
        Tell told = told(finding("e-1", "sg-1"));

        assertThrows(RuntimeException.class, () -> incidents().told(finding("e-2", "sg-1"), told));
    }

    @Test
    protected void whateverIsCountedAtOnceIsCountedOnceAndOneTells() throws Exception {
        int each = 3;
        int many = 12;
        List<Callable<Counted>> calls = IntStream.range(0, many * each)
                .<Callable<Counted>>mapToObj(i -> () -> incidents().count(finding("e-" + i % many, "sg-1")))
                .toList();
        List<Counted> counted = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Counted> future : threads.invokeAll(calls)) {
                counted.add(result(future));
            }
        }

        List<Tell> tells = counted.stream()
                .filter(Tell.class::isInstance)
                .map(Tell.class::cast)
                .toList();
        assertTrue(!tells.isEmpty() && tells.size() <= each, "one finding is told of, by whoever repeats it: " + tells);
        assertEquals(1, incidents().open().size());
        List<Seen> seen = incidents().findings(tells.getFirst().incident().id());
        assertEquals(many, seen.size());
        assertEquals(1, seen.stream().filter(Seen::chosen).count());
    }

    private static Counted result(Future<Counted> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private Incidents incidents() {
        return incidents(clock);
    }

    private Tally tally(String id) {
        return Tally.of(incidents().findings(id), clock.instant());
    }

    private Tell tell(Occurrence occurrence) {
        return assertInstanceOf(Tell.class, incidents().count(occurrence), occurrence.key());
    }

    private Tell told(Occurrence occurrence) {
        Tell tell = tell(occurrence);
        incidents().told(occurrence, tell);
        return tell;
    }

    private void quiet(Occurrence occurrence) {
        assertEquals(new Quiet(), incidents().count(occurrence), occurrence.key());
    }

    private static Occurrence finding(String event, String group) {
        return finding(event, group, "contained");
    }

    private static Occurrence finding(String event, String group, String end) {
        return occurrence(Samples.session(), event, "rule", group, Severity.HIGH, false, List.of(end));
    }

    private static Occurrence severe(String event, Severity severity) {
        return with(finding(event, "sg-1"), "rule", severity, false, CONTAINED);
    }

    private static Occurrence of(String session, String event) {
        AgentSession other = new AgentSession(
                session, Samples.session().roleArn(), session, null, null, session, null, null, null, null);
        return occurrence(other, event, "rule", "sg-1", Severity.HIGH, false, CONTAINED);
    }

    private static Occurrence with(
            Occurrence other, String rule, Severity severity, boolean always, List<String> ends) {
        return occurrence(
                other.session(),
                other.key().replaceAll("#.*", ""),
                rule,
                other.resource().id(),
                severity,
                always,
                ends);
    }

    private static Occurrence occurrence(
            AgentSession session,
            String event,
            String rule,
            String group,
            Severity severity,
            boolean always,
            List<String> ends) {
        return new Occurrence(
                event + "#" + rule,
                Occurrence.subject(session),
                rule,
                severity,
                Urgency.NOTIFY,
                session,
                new Resource("AWS::EC2::SecurityGroup", group, "eu-west-1", "123456789012"),
                Instant.parse("2026-11-23T10:00:00Z"),
                ends,
                always);
    }
}
