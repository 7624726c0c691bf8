package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Baseline;
import dev.backstop.core.baseline.Capture;
import dev.backstop.core.baseline.Change;
import dev.backstop.core.baseline.Change.By;
import dev.backstop.core.port.Baselines;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Baselines} does. */
public abstract class BaselinesContract {
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
    private static final Resource WEB = new Resource("AWS::EC2::Instance", "i-1", "us-east-1", "111122223333");
    private static final Resource OTHER = new Resource("AWS::EC2::Instance", "i-11", "us-east-1", "111122223333");

    /** The same baselines on every call within a test. */
    protected abstract Baselines baselines();

    @Test
    protected void answersWithWhatWasKeptNewestCaptureFirst() {
        Capture old = capture(TEN, "instanceType", "t3.micro");
        Capture latest = capture(TEN.plusSeconds(60), "instanceType", "t3.small");
        Change change = change(TEN.plusSeconds(30), "e1", By.PERSON, false);
        baselines().keep(WEB, latest);
        baselines().keep(WEB, old);
        baselines().keep(WEB, change);
        baselines().keep(OTHER, capture(TEN, "instanceType", "m5.large"));

        assertEquals(
                new Baseline(List.of(latest, old), List.of(change)), baselines().of(WEB, TEN.plusSeconds(61)));
    }

    @Test
    protected void knowsNothingOfWhatWasNeverSeen() {
        assertEquals(new Baseline(List.of(), List.of()), baselines().of(WEB, TEN));
    }

    @Test
    protected void keepsLooksAtDifferentPartsApart() {
        Capture type = capture(TEN, "instanceType", "t3.micro");
        Capture protection = capture(TEN, "disableApiStop", "false");
        baselines().keep(WEB, type);
        baselines().keep(WEB, protection);

        assertEquals(
                Set.of(type, protection),
                Set.copyOf(baselines().of(WEB, TEN.plusSeconds(1)).captures()));
    }

    @Test
    protected void leavesOutWhatCameAfter() {
        Change then = change(TEN, "e1", By.PERSON, false);
        baselines().keep(WEB, then);
        baselines().keep(WEB, change(TEN.plusSeconds(1), "e2", By.PERSON, false));
        baselines().keep(WEB, capture(TEN, "instanceType", "t3.micro"));

        assertEquals(new Baseline(List.of(), List.of(then)), baselines().of(WEB, TEN));
    }

    @Test
    protected void keepsAChangeOnceAndStaysWithWhatIsToBeUndone() {
        Change plain = change(TEN, "e1", By.AGENT, false);
        Change undoing = change(TEN, "e1", By.AGENT, true);
        baselines().keep(WEB, plain);
        baselines().keep(WEB, undoing);
        baselines().keep(WEB, plain);

        assertEquals(List.of(undoing), baselines().of(WEB, TEN).changes());
    }

    @Test
    protected void forgetsWhatLiesBehindMoreChangesThanItReads() {
        Capture before = capture(TEN, "instanceType", "t3.micro");
        baselines().keep(WEB, before);
        for (int i = 1; i <= Baselines.MOST_CHANGES; i++) {
            baselines().keep(WEB, change(TEN.plusSeconds(i), "e" + i, By.PERSON, false));
        }
        Instant end = TEN.plusSeconds(Baselines.MOST_CHANGES);
        Capture latest = capture(end, "instanceType", "t3.small");
        baselines().keep(WEB, latest);

        Baseline known = baselines().of(WEB, end.plusSeconds(1));
        assertEquals(List.of(latest), known.captures());
        assertEquals(Baselines.MOST_CHANGES, known.changes().size());
    }

    private static Change change(Instant at, String eventId, By by, boolean undoing) {
        return new Change(at, eventId, by, undoing, Set.of("instanceType"));
    }

    private static Capture capture(Instant at, String field, String value) {
        ObjectNode configuration = Json.object().put(field, value);
        return new Capture(at, at.plusMillis(200), configuration);
    }
}
