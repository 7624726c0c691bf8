package dev.backstop.functions.line;

import dev.backstop.core.Category;
import dev.backstop.core.Circumstances;
import dev.backstop.core.Finding;
import dev.backstop.core.Softening;
import dev.backstop.core.Thing;
import dev.backstop.core.port.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out in what circumstances a finding stands, from what is kept of its session, and softens it by them. */
public final class Inquiry {
    private final Timeline timeline;

    public Inquiry(Timeline timeline) {
        this.timeline = timeline;
    }

    /** The finding as it is to be told and acted on. */
    public Finding into(Finding finding) {
        return Softening.of(finding, new Circumstances(isOwnCreation(finding)));
    }

    /** Asked only where it can matter: most findings are not about deletions. */
    private boolean isOwnCreation(Finding finding) {
        if (finding.rule().category() != Category.DESTRUCTION) {
            return false;
        }
        List<Set<Thing>> removed = Thing.removedBy(finding.record());
        Set<Thing> all = removed.stream().flatMap(Set::stream).collect(Collectors.toSet());
        Map<Thing, Instant> made = timeline.made(finding.session().id(), all);
        return removed.stream()
                .anyMatch(things -> Thing.allMade(things, made, finding.record().eventTime()));
    }
}
