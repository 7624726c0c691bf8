package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Alert;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.port.AlertChannel;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link AlertChannel} does. */
public abstract class AlertChannelContract {
    protected abstract AlertChannel channel();

    /** What a machine that listens has got, as {@link Alert#toJson} says it, in no particular order. */
    protected abstract Set<JsonNode> received(int expected);

    @Test
    protected void everyAlertArrivesWithItsOutcomes() {
        Alert bare = Samples.alert();
        Alert reverted = Samples.alert(
                Samples.outcome(Outcome.Status.APPLIED, "Revoked, “and” read back: gone."),
                Samples.outcome(Outcome.Status.FAILED, "UnauthorizedOperation\nin two lines"));

        channel().send(bare);
        channel().send(reverted);

        assertEquals(asRead(bare, reverted), received(2));
    }

    /** Through text, since a number may change its type there. */
    private static Set<JsonNode> asRead(Alert... alerts) {
        return Arrays.stream(alerts)
                .map(alert -> Json.read(Json.write(alert.toJson())))
                .collect(Collectors.toSet());
    }
}
