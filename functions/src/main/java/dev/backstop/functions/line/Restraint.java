package dev.backstop.functions.line;

import dev.backstop.core.Finding;
import dev.backstop.core.Mode;
import dev.backstop.core.Resource;
import dev.backstop.core.RevertLimits;
import dev.backstop.core.SetTag;
import dev.backstop.core.port.Aws;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says why a change is left as it is although its rule asks for a revert and nothing stands in the way of one. */
final class Restraint {
    /** CloudFormation sets it on what it makes. */
    static final String STACK_TAG = "aws:cloudformation:stack-name";

    private final RevertLimits limits;
    private final Finding finding;
    private final ExemptByTag exempt;
    private final Fight fight;

    Restraint(RevertLimits limits, Finding finding, ExemptByTag exempt, Fight fight) {
        this.limits = limits;
        this.finding = finding;
        this.exempt = exempt;
        this.fight = fight;
    }

    /**
     * What is to be done with a step.
     *
     * @param why why it is left; null where it is not
     * @param remark what people should know besides; null where there is nothing
     */
    record Verdict(@Nullable String why, @Nullable String remark) {
        static final Verdict GO = new Verdict(null, null);

        Verdict remarking(@Nullable String other) {
            return new Verdict(why, remark == null ? other : other == null ? remark : other + "; " + remark);
        }
    }

    /**
     * Of a step that would be made now; in mode enforce it counts as made, and an agent may be stopped for it. Errors of AWS
     * escape.
     */
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
            Verdict verdict = exempt.of(one, aws.tags().of(one));
            if (verdict.why() != null) {
                return verdict;
            }
            remark = verdict.remark() == null ? remark : verdict.remark();
        }
        return unlessFought(resource, mode).remarking(remark);
    }

    /** Of a step in IAM, where no tag exempts anything: who may tag there may often do worse. */
    Verdict ofIam(Resource resource, Mode mode) {
        if (isStacks()) {
            return new Verdict(stack(Optional.ofNullable(stackInRequest())), null);
        }
        return unlessFought(resource, mode);
    }

    private Verdict unlessFought(Resource resource, Mode mode) {
        return mode == Mode.OBSERVE ? Verdict.GO : fight.over(resource);
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
}
