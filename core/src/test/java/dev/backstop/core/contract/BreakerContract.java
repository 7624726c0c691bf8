package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.Resource;
import dev.backstop.core.port.Breaker;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Breaker} does. */
public abstract class BreakerContract {
    private static final Resource GROUP = new Resource("AWS::EC2::SecurityGroup", "sg-1", "us-east-1", "123456789012");
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

    /** The same breaker on every call within a test. */
    protected abstract Breaker breaker();

    @Test
    protected void letsThroughAsManyAsMay() {
        assertTrue(lets("one", TEN));
        assertTrue(lets("two", TEN.plusSeconds(3599)));
        assertFalse(lets("three", TEN.plusSeconds(60)));
    }

    @Test
    protected void countsAFindingOnceWhoeverAsksHowOften() {
        assertTrue(lets("one", TEN));
        assertTrue(lets("one", TEN));
        assertTrue(lets("two", TEN));
        assertFalse(lets("three", TEN));
        assertFalse(lets("three", TEN));
        assertTrue(lets("one", TEN));
    }

    @Test
    protected void countsEveryHourAnew() {
        assertTrue(lets("one", TEN));
        assertTrue(lets("two", TEN));
        assertTrue(lets("three", TEN.plusSeconds(3600)));
        assertFalse(lets("four", TEN.plusSeconds(10)));
    }

    @Test
    protected void countsResourcesApart() {
        assertTrue(lets("one", TEN));
        assertTrue(lets("two", TEN));
        Resource elsewhere = new Resource(GROUP.type(), GROUP.id(), "eu-west-1", GROUP.account());
        assertTrue(breaker().lets(elsewhere, "two", TEN, 2));
    }

    @Test
    protected void letsNoMoreThroughWhenManyAskAtOnce() throws Exception {
        List<Callable<Boolean>> asking = IntStream.range(0, 24)
                .<Callable<Boolean>>mapToObj(i -> () -> breaker().lets(GROUP, "finding-" + i / 2, TEN, 5))
                .toList();
        long through = 0;
        try (ExecutorService many = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> answer : many.invokeAll(asking)) {
                through += answer.get() ? 1 : 0;
            }
        }
        // Twelve findings, each twice: five of them, both times.
        assertEquals(10, through);
    }

    private boolean lets(String finding, Instant called) {
        return breaker().lets(GROUP, finding, called, 2);
    }
}
