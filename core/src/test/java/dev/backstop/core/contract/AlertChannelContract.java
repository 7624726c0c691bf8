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

    /** What a machine that listens has got: {@link Alert#toJson} at the least, in no particular order. */
    protected abstract Set<JsonNode> received(int expected);

    @Test
    protected void everyAlertArrivesWithItsOutcomes() {
        Alert bare = Samples.alert();
        Alert reverted = Samples.alert(
                Samples.outcome(Outcome.Status.APPLIED, "Revoked, “and” read back: gone."),
                Samples.outcome(Outcome.Status.FAILED, "UnauthorizedOperation\nin two lines"));

        channel().send(bare);
        channel().send(reverted);

        Set<JsonNode> expected = asRead(bare, reverted);
        assertEquals(
                expected,
                received(2).stream()
                        .map(document -> expected.stream()
                                .filter(alert -> holds(document, alert))
                                .findFirst()
                                .orElse(document))
                        .collect(Collectors.toSet()));
    }

    /** Whether a document says all that the other does. */
    private static boolean holds(JsonNode document, JsonNode other) {
        return other.isObject()
                ? other.properties().stream().allMatch(field -> holds(document.path(field.getKey()), field.getValue()))
                : document.equals(other);
    }

    /** Through text, since a number may change its type there. */
    private static Set<JsonNode> asRead(Alert... alerts) {
        return Arrays.stream(alerts)
                .map(alert -> Json.read(Json.write(alert.toJson())))
                .collect(Collectors.toSet());
    }
}
