package dev.backstop.core.baseline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The times before a call at which a part of a resource was as people want it: from the last change that counts, to the
 * first call that is to be undone; and again after the guard has undone that.
 */
final class Spans {
    /** CloudTrail drops the fractions of its seconds, and EC2 may show the old state for some seconds more. */
    static final Duration SETTLES = Duration.ofSeconds(7);

    /** How far two clocks of AWS may be apart. */
    static final Duration SKEW = Duration.ofSeconds(1);

    /** A call that was to be undone and still stands after so long is not acted on any more: people have left it. */
    private static final Duration UNDONE_WITHIN = Duration.ofHours(1);

    private record Span(Instant after, Instant before) {}

    /** In the order in which changes of the same second are taken, so that the least is held for certain. */
    private enum Kind {
        COUNTS,
        PUTS_BACK,
        TO_BE_UNDONE
    }

    private final List<Span> spans = new ArrayList<>();

    /**
     * @param part that is asked about; of a part that no change names it is never certain that people changed it too
     * @param changes those of the part that may have been made before the call; not the call itself
     */
    Spans(String part, Stream<Change> changes, Instant call) {
        Instant start = Instant.MIN;
        Instant lastForeign = Instant.MIN;
        boolean foreign = false;
        List<Change> ordered = changes.sorted(
                        Comparator.comparing(Change::at).thenComparing(change -> kind(change, call)))
                .toList();
        for (Change change : ordered) {
            Kind kind = kind(change, call);
            if (kind == Kind.TO_BE_UNDONE) {
                if (!foreign) {
                    spans.add(new Span(start, change.at()));
                }
                foreign = true;
                lastForeign = change.at();
                continue;
            }
            // What the guard writes while nothing is to be undone, on a person's order for example, is as good as
            // theirs.
            if (kind == Kind.COUNTS || !foreign) {
                spans.clear();
            }
            start = change.at().plus(SETTLES);
            // So close together, either may have been the first; and what may have changed everything need not have
            // changed this.
            boolean takesOver = change.at().isAfter(lastForeign.plus(SKEW))
                    && change.parts().contains(part);
            foreign = foreign && !takesOver;
        }
        if (!foreign) {
            spans.add(new Span(start, call));
        }
    }

    boolean hold(Capture capture) {
        return spans.stream()
                .anyMatch(span -> !capture.from().isBefore(span.after)
                        && !capture.to().plus(SKEW).isAfter(span.before));
    }

    /** The end of the last of them. */
    Optional<Instant> until() {
        return spans.stream()
                .filter(span -> span.after.isBefore(span.before))
                .map(Span::before)
                .max(Comparator.naturalOrder());
    }

    private static Kind kind(Change change, Instant call) {
        boolean stillToBe = change.undoing() && change.at().isAfter(call.minus(UNDONE_WITHIN));
        return switch (change.by()) {
            case PERSON -> Kind.COUNTS;
            case AGENT -> stillToBe ? Kind.TO_BE_UNDONE : Kind.COUNTS;
            case GUARD -> Kind.PUTS_BACK;
        };
    }
}
