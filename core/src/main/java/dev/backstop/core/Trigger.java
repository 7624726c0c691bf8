package dev.backstop.core;

import java.time.Instant;

/**
 * What an alert is about: an API call, or something that a person or Backstop itself did.
 *
 * @param id the event's id, or the operator's reference
 * @param call in the words of an IAM policy, {@code ec2:RunInstances}; for the guard's own doings {@code backstop:…}
 */
public record Trigger(String id, Instant time, String call, String account, String region) {
    /** Found by looking at a resource rather than by a call: whoever changed it last may be nobody who is known. */
    private static final String DRIFT = "config:Drift";

    /** The call that a record holds. */
    public static Trigger of(CloudTrailRecord record) {
        return new Trigger(record.eventId(), record.eventTime(), record.call(), record.account(), record.region());
    }

    /** Whether no call is behind it, but what a resource was found to be like. */
    public boolean isDrift() {
        return call.equals(DRIFT);
    }
}
