package dev.backstop.functions.line;

import dev.backstop.core.ExemptTag;
import dev.backstop.core.Finding;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Resource;
import dev.backstop.core.RevertLimits;
import dev.backstop.core.SetTag;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.ForgedTags.Forged;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says why a change is left as it is although its rule asks for a revert and nothing stands in the way of one. */
final class Restraint {
    private static final String STACK_TAG = "aws:cloudformation:stack-name";
    private static final String FIGHT = "a fight: ";

    private final Restraints known;
    private final RevertLimits limits;
    private final Finding finding;
    private final Instant now;

    Restraint(Restraints known, RevertLimits limits, Finding finding, Instant now) {
        this.known = known;
        this.limits = limits;
        this.finding = finding;
        this.now = now;
    }

    /**
     * What is to be done with a step.
     *
     * @param why why it is left; null where it is not
     * @param remark what people should know besides; null where there is nothing
     */
    record Verdict(@Nullable String why, @Nullable String remark) {
        static final Verdict GO = new Verdict(null, null);
    }

    /** Of a step that would be made now; in mode enforce it counts as made. Errors of AWS escape. */
    Verdict of(Resource resource, Aws aws, Mode mode) {
        if (isStacks()) {
            return new Verdict(
                    stack(Optional.ofNullable(stackInRequest())
                            .or(() ->
                                    Optional.ofNullable(aws.tags().of(resource).get(STACK_TAG)))),
                    null);
        }
        String remark = null;
        Set<Resource> all = new LinkedHashSet<>(Set.of(resource));
        all.add(finding.resource());
        for (Resource one : all) {
            Optional<ExemptTag> tag = ExemptTag.among(aws.tags().of(one));
            if (tag.isPresent()) {
                Verdict verdict = of(tag.get(), one);
                if (verdict.why() != null) {
                    return verdict;
                }
                remark = verdict.remark();
            }
        }
        return mode == Mode.OBSERVE || lets(resource)
                ? new Verdict(null, remark)
                : new Verdict(fight(resource), remark);
    }

    /** Of a step in IAM, where no tag exempts anything: who may tag there may often do worse. */
    Verdict ofIam(Resource resource, Mode mode) {
        if (isStacks()) {
            return new Verdict(stack(Optional.ofNullable(stackInRequest())), null);
        }
        return mode == Mode.OBSERVE || lets(resource) ? Verdict.GO : new Verdict(fight(resource), null);
    }

    /** Whether an outcome is the first to say that a resource is fought over: then somebody is to be woken. */
    static boolean isFight(Outcome outcome) {
        return outcome.status() == Outcome.Status.REFUSED && outcome.message().startsWith(FIGHT);
    }

    private boolean isStacks() {
        return !limits.ofStacks() && finding.record().isOfStack();
    }

    private @Nullable String stackInRequest() {
        return SetTag.of(finding.record(), STACK_TAG).stream()
                .findFirst()
                .map(SetTag::value)
                .orElse(null);
    }

    private static String stack(Optional<String> name) {
        return "not reverted: CloudFormation made the change for the agent, with "
                + name.map(known -> "stack " + known).orElse("a stack that neither record nor tags name")
                + "; undone behind its back, the stack would differ from its template: change or roll back the stack";
    }

    private Verdict of(ExemptTag tag, Resource resource) {
        String said = "its tag " + ExemptTag.KEY + "=" + tag.value();
        Instant until = tag.until();
        if (until == null) {
            return new Verdict(null, said + " is no date like 2026-12-01 or 2026-12-01T10:00Z, so it exempts nothing");
        }
        if (!now.isBefore(until)) {
            return new Verdict(null, said + " has run out");
        }
        Optional<Forged> forged = known.forgedTags().on(resource.account(), resource.id()).stream()
                .filter(one -> one.is(tag.value()))
                .findFirst();
        return forged.map(by -> new Verdict(
                        null,
                        said + " was set by the agent session " + by.session() + " at " + by.at()
                                + ", so it exempts nothing"))
                .orElseGet(() -> new Verdict("not reverted: exempt by tag until " + until, null));
    }

    private boolean lets(Resource resource) {
        return lets(resource, limits.perHour());
    }

    private boolean lets(Resource resource, int limit) {
        return known.breaker().lets(resource, finding.key(), finding.record().eventTime(), limit);
    }

    /** The first finding of an hour that is left says so aloud: a fight is many. */
    private String fight(Resource resource) {
        Resource told = new Resource(resource.type(), resource.id() + "/told", resource.region(), resource.account());
        return (lets(told, 1) ? FIGHT : "still a fight: ") + resource.id() + " has been reverted " + limits.perHour()
                + " times for calls of this hour, and something keeps changing it: Backstop leaves it as it is until the"
                + " next hour; find out what changes it, and stop that first";
    }
}
