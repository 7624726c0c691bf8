package dev.backstop.core.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.PriorState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What Backstop has seen of one security group or instance: captures of how it was, and the calls that changed it. Captures
 * are kept as they were read; which of them says what a part was is decided when that is asked, with all that is known of
 * changes by then.
 *
 * @param captures newest first
 * @param changes all since the oldest capture, in no particular order
 */
public record Baseline(List<Capture> captures, List<Change> changes) {
    /** Rules of a group whose former values nothing says, in a state that has others. */
    public static final String UNKNOWN_RULES = "unknownSecurityGroupRules";

    /** How long after a call a look at what it changed counts. */
    public static final Duration SETTLES = Spans.SETTLES;

    /** How far behind a call changes are to be read: the clocks that date them may be so far apart. */
    public static final Duration AROUND = Spans.SKEW;

    private static final String SOURCE = "baseline";

    /** A part that no rule and no attribute is: only what may have changed everything touches it. */
    private static final String ANY_OTHER = "";

    public Baseline {
        captures = captures.stream()
                .sorted(Comparator.comparing(Capture::to).reversed())
                .toList();
        changes = List.copyOf(changes);
    }

    /** Without the captures that changes may lie behind which were not read. */
    public static Baseline since(@Nullable Instant oldestChange, List<Capture> captures, List<Change> changes) {
        return new Baseline(
                captures.stream()
                        .filter(capture ->
                                oldestChange == null || capture.from().isAfter(oldestChange))
                        .toList(),
                changes);
    }

    /**
     * The resource as it was before a call, and without what agents' calls made of it that are to be undone. What nothing
     * says is missing; of a group the rules that are missing for that reason are named under {@link #UNKNOWN_RULES}.
     *
     * @param call CloudTrail's time of the call
     * @param eventId of the call; null where only the time is known
     */
    public Optional<PriorState> before(Instant call, @Nullable String eventId) {
        Optional<Capture> whole = lastKnown(ANY_OTHER, call, eventId);
        boolean ofGroup = captures.stream().anyMatch(Capture::ofGroup);
        if (ofGroup && whole.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode state = Json.object();
        ArrayNode rules = Json.MAPPER.createArrayNode();
        ArrayNode unknown = Json.MAPPER.createArrayNode();
        Instant capturedAt = whole.map(Capture::to).orElse(Instant.MIN);
        for (String part : parts()) {
            Optional<Capture> known = lastKnown(part, call, eventId);
            if (known.isEmpty()) {
                unknown.add(part);
                continue;
            }
            JsonNode value = known.get().parts().get(part);
            if (value != null && ofGroup) {
                rules.add(value);
            } else if (value != null) {
                state.set(part, value);
            }
            capturedAt = known.get().to().isAfter(capturedAt) ? known.get().to() : capturedAt;
        }
        if (ofGroup) {
            whole.ifPresent(capture -> state.setAll(capture.configuration()));
            state.set(Capture.RULES, rules);
            if (!unknown.isEmpty()) {
                state.set(UNKNOWN_RULES, unknown);
            }
        }
        return state.isEmpty() ? Optional.empty() : Optional.of(new PriorState(state, capturedAt, SOURCE));
    }

    /**
     * Whether a look says something that no capture of the same says: something else, something after a change, or the same
     * after so long that the capture may soon be forgotten.
     */
    public boolean lacks(Capture look, Duration freshness) {
        return captures.stream()
                .filter(capture -> capture.fields().equals(look.fields()))
                .findFirst()
                .filter(last -> last.configuration().equals(look.configuration())
                        && last.to().plus(freshness).isAfter(look.to())
                        && !changedSince(last))
                .isEmpty();
    }

    /** Whether a look at these fields is due: there is none, or none after the last change of them, or a very old one. */
    public boolean isOlder(Set<String> fields, Duration freshness, Instant now) {
        return captures.stream()
                .filter(capture -> Set.copyOf(capture.fields()).equals(fields))
                .findFirst()
                .filter(last -> last.to().plus(freshness).isAfter(now) && !changedSince(last))
                .isEmpty();
    }

    private boolean changedSince(Capture last) {
        return changes.stream()
                .filter(change -> last.ofGroup() || last.fields().stream().anyMatch(change::touches))
                .anyMatch(change -> change.at().plus(Spans.SETTLES).isAfter(last.from()));
    }

    /** The newest capture that shows a part as it was wanted before the call. */
    private Optional<Capture> lastKnown(String part, Instant call, @Nullable String eventId) {
        Spans spans = new Spans(
                part,
                changes.stream().filter(change -> change.touches(part) && mayPrecede(change, call, eventId)),
                call);
        return captures.stream()
                .filter(capture -> (part.equals(ANY_OTHER) || capture.covers(part)) && spans.hold(capture))
                .findFirst();
    }

    private Set<String> parts() {
        Set<String> parts = new TreeSet<>();
        captures.forEach(capture -> parts.addAll(capture.parts().keySet()));
        if (captures.stream().anyMatch(Capture::ofGroup)) {
            changes.stream()
                    .flatMap(change -> change.parts().stream())
                    .filter(part -> !part.equals(Change.ALL))
                    .forEach(parts::add);
        }
        return parts;
    }

    /**
     * Until when the whole resource was last as people want it before a call, for a source that has its own captures; empty
     * where there was no such time since the last change that counts.
     */
    public Optional<Instant> wantedUntil(Instant call, @Nullable String eventId) {
        return whole(call, eventId).until();
    }

    /** Whether what another source captured at an instant is the whole resource as it was wanted before a call. */
    public boolean trusts(Instant capturedAt, Instant call, @Nullable String eventId) {
        return whole(call, eventId).hold(new Capture(capturedAt, capturedAt, Json.object()));
    }

    private Spans whole(Instant call, @Nullable String eventId) {
        return new Spans(ANY_OTHER, changes.stream().filter(change -> mayPrecede(change, call, eventId)), call);
    }

    private static boolean mayPrecede(Change change, Instant call, @Nullable String eventId) {
        return !change.at().isAfter(call.plus(Spans.SKEW)) && !change.eventId().equals(eventId);
    }
}
