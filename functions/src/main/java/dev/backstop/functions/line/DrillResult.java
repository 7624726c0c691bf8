package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a drill of the kill switch showed.
 *
 * @param refused from the order to the first refused call; null when none was refused
 * @param restored from the release to the first call that succeeded again; null when none did
 * @param othersGoOn whether another session of the role was let through meanwhile
 * @param failure what went wrong; null when nothing did
 */
public record DrillResult(
        String session,
        @Nullable Duration refused,
        @Nullable Duration restored,
        boolean othersGoOn,
        @Nullable String failure) {
    public boolean passed() {
        return failure == null;
    }

    /** As the metric of drills has it; null when the session was never refused. */
    public @Nullable Double secondsToRefused() {
        return seconds(refused);
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("session", session);
        json.put("passed", passed());
        json.put("secondsToRefused", secondsToRefused());
        json.put("secondsToRestored", seconds(restored));
        json.put("othersGoOn", othersGoOn);
        json.put("failure", failure);
        return json;
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1000.0;
    }
}
