package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * What a resource looked like before a call.
 *
 * @param configuration in the shape of an AWS Config configuration item's {@code configuration}
 * @param capturedAt when it looked like that; always before the call
 * @param source where it is known from, for the journal: {@code config}
 */
public record PriorState(JsonNode configuration, Instant capturedAt, String source) {}
