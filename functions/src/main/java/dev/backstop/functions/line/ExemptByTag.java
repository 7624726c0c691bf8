package dev.backstop.functions.line;

import dev.backstop.core.ExemptTag;
import dev.backstop.core.Finding;
import dev.backstop.core.Resource;
import dev.backstop.core.SetTag;
import dev.backstop.core.port.ForgedTags;
import dev.backstop.core.port.ForgedTags.Forged;
import dev.backstop.functions.line.Restraint.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Weighs the tag that exempts a resource: whether it still does, and whether it is a person's.
 *
 * @param ofAgent whether an agent made the finding's call
 * @param pause may let the session be stopped first
 */
record ExemptByTag(ForgedTags forgedTags, Finding finding, boolean ofAgent, InstantSource clock, Pause pause) {
    /**
     * How long after a call a tag is not yet taken for a person's: an agent may have set it just before or after, and the
     * record of that comes on a way of its own, mostly within seconds.
     */
    static final Duration TOLD_WITHIN = Duration.ofSeconds(30);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final String STACK_ID = "aws:cloudformation:stack-id";

    /** Whether what a resource is tagged with has it left alone; a remark where it might look so. */
    Verdict of(Resource resource, Map<String, String> tags) {
        return ExemptTag.among(tags).map(tag -> of(tag, resource, tags)).orElse(Verdict.GO);
    }

    private Verdict of(ExemptTag tag, Resource resource, Map<String, String> tags) {
        String said = "its tag " + ExemptTag.KEY + "=" + tag.value();
        Instant until = tag.until();
        if (until == null) {
            return new Verdict(null, said + " is no date like 2026-12-01 or 2026-12-01T10:00Z, so it exempts nothing");
        }
        if (!clock.instant().isBefore(until)) {
            return new Verdict(null, said + " has run out");
        }
        Optional<Forged> forged = forged(tag, resource, tags);
        Instant settled = finding.record().eventTime().plus(TOLD_WITHIN);
        while (ofAgent && forged.isEmpty() && clock.instant().isBefore(settled)) {
            pause.of(BETWEEN_LOOKS);
            forged = forged(tag, resource, tags);
        }
        return forged.map(by -> new Verdict(
                        null,
                        said + " was set by the agent session " + by.session() + " at " + by.at()
                                + ", so it exempts nothing"))
                .orElseGet(() -> new Verdict("not reverted: exempt by tag until " + until, null));
    }

    /** By the very call, by another on the resource, or by one on its stack, which hands its tags on. */
    private Optional<Forged> forged(ExemptTag tag, Resource resource, Map<String, String> tags) {
        Stream<Forged> byTheCall = !ofAgent
                ? Stream.empty()
                : SetTag.of(finding.record(), ExemptTag.KEY).stream()
                        .filter(set -> set.resource().equals(resource.id()))
                        .map(set -> new Forged(
                                set, finding.session().id(), finding.record().eventTime()));
        Stream<Forged> byOthers = Stream.of(
                        resource.id(),
                        tags.getOrDefault(Restraint.STACK_TAG, ""),
                        tags.getOrDefault(STACK_ID, "").replaceAll(".*/", ""))
                .filter(name -> !name.isEmpty())
                .flatMap(name -> forgedTags.on(resource.account(), name).stream());
        return Stream.concat(byTheCall, byOthers)
                .filter(one -> one.is(tag.value()))
                .findFirst();
    }
}
