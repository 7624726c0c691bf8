package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Who hears of what: how soon a person must look at an alert, and which channels hear of what is that urgent.
 *
 * @param bySeverity how urgent a finding of each severity is, before anything came of it
 * @param byChannel which urgencies each channel hears of
 */
public record Routes(Map<Severity, Urgency> bySeverity, Map<Channel, Set<Urgency>> byChannel) {
    /** What is used where nothing is configured. */
    public static final Routes DEFAULT = new Routes(Map.of(), Map.of());

    /**
     * Where people are reached, other than by what subscribes to the alert topic itself, e-mail and chat: those hear of everything, since SNS keeps what
     * has no attributes, as CloudWatch's alarms have none, from <a
     * href="https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html">every subscription that filters</a>.
     */
    public enum Channel {
        /** Slack's incoming webhook. */
        SLACK,
        PAGERDUTY,
        /** Any HTTPS endpoint. */
        HTTPS,
        /** The findings of AWS Security Hub. */
        SECURITY_HUB;

        /** The lower-case word that configuration uses. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What is not given is as by default. */
    public Routes {
        Map<Severity, Urgency> severities = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            severities.put(
                    severity,
                    switch (severity) {
                        case INFO -> Urgency.RECORD;
                        case LOW, MEDIUM, HIGH -> Urgency.NOTIFY;
                        case CRITICAL -> Urgency.PAGE;
                    });
        }
        severities.putAll(bySeverity);
        Map<Channel, Set<Urgency>> channels = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            channels.put(
                    channel,
                    switch (channel) {
                        case PAGERDUTY -> EnumSet.of(Urgency.PAGE);
                        case SLACK, HTTPS, SECURITY_HUB -> EnumSet.of(Urgency.NOTIFY, Urgency.PAGE);
                    });
        }
        channels.putAll(byChannel);
        bySeverity = Map.copyOf(severities);
        byChannel = Map.copyOf(channels);
    }

    /**
     * How soon a person must look. What Backstop contained can wait for the morning; what it tried to contain and could not
     * cannot, and nor can what lets somebody do more than before: that one works after the session is gone. What somebody has
     * reason to expect can wait too.
     */
    public Urgency urgency(Alert alert) {
        if (alert.containmentFailed()) {
            return Urgency.PAGE;
        }
        Urgency asked = urgency(alert.severity());
        if (asked == Urgency.RECORD) {
            return asked;
        }
        return switch (alert.rule().category()) {
            case IDENTITY -> alert.severity().compareTo(Severity.HIGH) >= 0 ? Urgency.PAGE : asked;
            case GUARDRAILS -> asked;
            case DESTRUCTION, COST, EXPOSURE, SECRETS, CODE ->
                alert.contained() || !alert.softened().isEmpty() ? Urgency.NOTIFY : asked;
        };
    }

    /** The urgencies that a channel hears of; empty for none. */
    public Set<Urgency> heardBy(Channel channel) {
        return byChannel.getOrDefault(channel, Set.of());
    }

    private Urgency urgency(Severity severity) {
        return bySeverity.getOrDefault(severity, Urgency.PAGE);
    }

    /** The part that functions decide by, for their environment. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        for (Severity severity : Severity.values()) {
            json.put(severity.word(), urgency(severity).word());
        }
        return json;
    }

    /** Reads what {@link #toJson} wrote. */
    public static Routes of(JsonNode json) {
        Map<Severity, Urgency> bySeverity = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            String word = Json.text(json, severity.word());
            if (word != null) {
                bySeverity.put(severity, Urgency.valueOf(word.toUpperCase(Locale.ROOT)));
            }
        }
        return new Routes(bySeverity, Map.of());
    }
}
