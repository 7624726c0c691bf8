package dev.backstop.bench;

import java.io.PrintStream;

/** What a month costs, computed from list prices and from the calls that one finding makes; free tiers left out. */
final class Cost {
    private static final double MATCHED = 0.01;
    /** Sessions issued to agents, a share of all management events: an assumption. */
    private static final double SESSIONS = 0.001;
    /** Calls that agents make, a share of all management events: an assumption. */
    private static final double CALLS = 0.2;

    /** Calls by anybody that change a group or an instance, a share of all management events: an assumption. */
    private static final double CHANGES = 0.005;
    /** Told and seen once: mostly a wait until EC2 shows it. */
    private static final double BASELINE_SECONDS = 4;
    /** The change, and the look at what it changed, some 3 KB. */
    private static final double WRITES_A_CHANGE = 1 + 3;
    /** What is known already: changes and captures. */
    private static final double READS_A_CHANGE = 4;
    /** Items that AWS Config records, a share of all management events: an assumption. */
    private static final double ITEMS = 0.005;
    /** A group or an instance is asked about by our rule and one or two of AWS's. */
    private static final double EVALUATIONS_AN_ITEM = 2.5;

    private static final long[] EVENTS = {10_000, 1_000_000, 100_000_000};

    /** Seconds at AWS, where a call takes some 30 ms rather than one: nine calls; an assumption. */
    private static final double RESPOND_SECONDS = 0.4;

    private static final double REVOKE_SECONDS = 0.3;
    private static final double SESSIONS_SECONDS = 0.05;
    private static final double MEMORY_GB = 1;

    /**
     * Journal items are between 1 and 2 KB: claim, the note of what would put it back, and close are two units each; the
     * revocation is one.
     */
    private static final double WRITES_A_FINDING = 2 + 2 + 2 + 1;
    /** A session is kept under six keys, in a transaction, which counts twice. */
    private static final double WRITES_A_SESSION = 6 * 2;
    /** One entry of the timeline, under 1 KB. */
    private static final double WRITES_A_CALL = 1;
    /** Calls that one invocation takes from the queue, where agents make several a second; at most ten. */
    private static final double CALLS_A_BATCH = 2;
    /** The session by key and by name, consistently. */
    private static final double READS_A_FINDING = 2;
    /** Send, receive, delete: the last two for a batch. */
    private static final double QUEUE_CALLS_A_CALL = 1 + 2 / CALLS_A_BATCH;
    /** Revert, revoke, alert: one event an outcome. */
    private static final double EVENTS_A_FINDING = 3;
    /** The outcomes' lines and Lambda's own, of two functions. */
    private static final double LOG_BYTES_A_FINDING = 3_000;

    private static final int KEYS = 1;
    private static final int ALARMS = 18;
    /** The one of missing heartbeats. */
    private static final int COMPOSITE_ALARMS = 1;
    /**
     * At most: findings by five severities; actions, drills and kills that failed; the seconds of five stages, of
     * drills and of heartbeats.
     */
    private static final int METRICS = 15;

    private static final int DASHBOARDS = 1;
    /** Lambda keeps five long polls of 20 s open on the session queue. */
    private static final double EMPTY_RECEIVES = 5 * 30 * 24 * 3600 / 20.0;

    /** One in ten minutes. */
    private static final double HEARTBEATS = 30 * 24 * 6;
    /** Assuming the role, and the call: an assumption. */
    private static final double BEAT_SECONDS = 1;

    private Cost() {}

    static void print(PrintStream out) {
        out.println(
                "COST of a month, US dollars, list prices of us-east-1, free tiers left out; one event in 100 matched,\n"
                        + "one in five made by an agent");
        out.printf("  %-44s", "management events");
        for (long events : EVENTS) {
            out.printf("%,14d", events);
        }
        out.println();
        row(out, "Lambda, two functions a finding", Cost::lambda);
        row(out, "DynamoDB", Cost::dynamoDb);
        row(out, "EventBridge, the outcomes' own events", n -> findings(n) * EVENTS_A_FINDING * Prices.CUSTOM_EVENT);
        row(out, "SNS, publishing", n -> findings(n) * Prices.PUBLISH);
        row(out, "logs", n -> findings(n) * LOG_BYTES_A_FINDING * Prices.LOG_BYTE);
        row(out, "activity queue", n -> activity(n) * QUEUE_CALLS_A_CALL * Prices.QUEUE_CALL);
        row(out, "baselines of groups and instances", Cost::baselines);
        row(out, "what grows, together", Cost::growing);
        row(out, "on top: one e-mail address, an e-mail a finding", n -> findings(n) * Prices.EMAIL);
        row(out, "on top: AWS Config, with -c config=create", Cost::config);
        out.printf(
                "  fixed: %d key, %d alarms, %d metrics, %d dashboard, heartbeats, the activity queue's idle polling%n",
                KEYS, ALARMS + COMPOSITE_ALARMS, METRICS, DASHBOARDS);
        row(out, "what does not grow", _ -> fixed());
        row(out, "all without e-mail", n -> growing(n) + fixed());
    }

    private static double growing(long events) {
        return lambda(events)
                + dynamoDb(events)
                + baselines(events)
                + findings(events)
                        * (EVENTS_A_FINDING * Prices.CUSTOM_EVENT
                                + Prices.PUBLISH
                                + LOG_BYTES_A_FINDING * Prices.LOG_BYTE)
                + activity(events) * QUEUE_CALLS_A_CALL * Prices.QUEUE_CALL;
    }

    private static double fixed() {
        return KEYS * Prices.KEY
                + ALARMS * Prices.ALARM
                + COMPOSITE_ALARMS * Prices.COMPOSITE_ALARM
                + METRICS * Prices.METRIC
                + DASHBOARDS * Prices.DASHBOARD
                + EMPTY_RECEIVES * Prices.QUEUE_CALL
                + HEARTBEATS * heartbeat();
    }

    /** A call of the canary, its record answered, both records through the queue; nothing is kept of it but a claim. */
    private static double heartbeat() {
        double seconds = BEAT_SECONDS + RESPOND_SECONDS + SESSIONS_SECONDS;
        return seconds * MEMORY_GB * Prices.GB_SECOND
                + 3 * Prices.INVOCATION
                + (2 + 2) * Prices.WRITE
                + READS_A_FINDING * Prices.READ
                + 2 * QUEUE_CALLS_A_CALL * Prices.QUEUE_CALL
                + LOG_BYTES_A_FINDING * Prices.LOG_BYTE;
    }

    private static double lambda(long events) {
        double batches = activity(events) / CALLS_A_BATCH;
        double seconds = findings(events) * (RESPOND_SECONDS + REVOKE_SECONDS) + batches * SESSIONS_SECONDS;
        double requests = findings(events) * 2 + batches;
        return seconds * MEMORY_GB * Prices.GB_SECOND + requests * Prices.INVOCATION;
    }

    private static double dynamoDb(long events) {
        return findings(events) * (WRITES_A_FINDING * Prices.WRITE + READS_A_FINDING * Prices.READ)
                + events * (SESSIONS * WRITES_A_SESSION + CALLS * WRITES_A_CALL) * Prices.WRITE;
    }

    /** Describing is free. */
    private static double baselines(long events) {
        return events
                * CHANGES
                * (BASELINE_SECONDS * MEMORY_GB * Prices.GB_SECOND
                        + Prices.INVOCATION
                        + WRITES_A_CHANGE * Prices.WRITE
                        + READS_A_CHANGE * Prices.READ);
    }

    private static double config(long events) {
        return events * ITEMS * (Prices.CONFIG_ITEM + EVALUATIONS_AN_ITEM * Prices.CONFIG_EVALUATION);
    }

    /** What comes through the queue. */
    private static double activity(long events) {
        return events * (SESSIONS + CALLS);
    }

    private static double findings(long events) {
        return events * MATCHED;
    }

    private static void row(PrintStream out, String name, Dollars dollars) {
        out.printf("  %-44s", name);
        for (long events : EVENTS) {
            out.printf("%,14.4f", dollars.of(events));
        }
        out.println();
    }

    /** Dollars for so many management events. */
    private interface Dollars {
        double of(long events);
    }
}
