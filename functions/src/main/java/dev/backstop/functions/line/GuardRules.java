package dev.backstop.functions.line;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Alert;
import dev.backstop.core.Category;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Severity;
import dev.backstop.core.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Backstop reports of itself, in the same words as a finding: no pattern stands behind these. */
final class GuardRules {
    static final Rule SESSION_REVOKED = rule(
            "session-revoked",
            "Agent session revoked",
            "is revoked",
            "The session is denied everything, and so is every session that descends from it.",
            Severity.INFO);

    static final Rule KILL_NOT_EFFECTIVE = rule(
            "kill-not-effective",
            "A revoked session still acts",
            "still acts though it was revoked",
            "The session was denied everything minutes ago, and a call of it has succeeded since. Something lifted the"
                    + " deny, or the call was not made with the role that carries it.",
            Severity.CRITICAL);

    static final Rule DENY_REMOVED = rule(
            "deny-removed",
            "The deny of a revoked session was removed",
            "was not denied on RESOURCE any more",
            "A revoked session was not denied while its credentials could still be valid: somebody took the policy"
                    + " away, or it was never written.",
            Severity.CRITICAL);

    static final Rule OPERATOR_REVOKED = rule(
            "operator-revoke",
            "A person revoked an agent session",
            "was stopped by a person",
            "Asked for by hand.",
            Severity.MEDIUM);

    static final Rule OPERATOR_RESTORED = rule(
            "operator-restore",
            "A person let a revoked session go on",
            "was let go on by a person",
            "Asked for by hand.",
            Severity.LOW);

    static final Rule OPERATOR_PUT_BACK = rule(
            "operator-put-back",
            "A person put back what Backstop had undone",
            null,
            "Asked for by hand.",
            Severity.LOW);

    static final Rule EXEMPTED = rule(
            "operator-exempt",
            "A person exempted something for a while",
            null,
            "Asked for by hand: what is found of it is recorded and not acted on.",
            Severity.MEDIUM);

    static final Rule EXEMPTION_ENDED =
            rule("operator-exempt-end", "A person ended an exemption", null, "Asked for by hand.", Severity.LOW);

    static final Rule DRILL_FAILED = rule(
            "drill-failed",
            "The kill switch failed its drill",
            "was to be stopped by a drill, and was not",
            "A canary session was to be stopped and let go on, and was not: until this is mended, revoking an agent"
                    + " session may not stop it.",
            Severity.CRITICAL);

    private GuardRules() {}

    /**
     * The alert of something that no API call led to.
     *
     * @param reference what its outcomes are found under
     * @param doing what happened, {@code backstop:…}
     */
    static Alert alert(
            Rule rule, String reference, String doing, AgentSession session, List<Outcome> outcomes, Instant now) {
        return alert(rule, reference, doing, session, Resource.role(session.roleArn()), outcomes, now);
    }

    /** The same of something that is not about the session's role. */
    static Alert alert(
            Rule rule,
            String reference,
            String doing,
            AgentSession session,
            Resource resource,
            List<Outcome> outcomes,
            Instant now) {
        Trigger trigger = new Trigger(reference, now, doing, resource.account(), resource.region());
        return new Alert(rule, trigger, session, resource, Mode.ENFORCE, outcomes, now);
    }

    /** The same rule with the reason that a person gave. */
    static Rule because(Rule rule, String operator, String reason) {
        return new Rule(
                rule.id(),
                rule.title(),
                operator + " gave the reason: " + reason,
                rule.category(),
                rule.severity(),
                rule.responses(),
                rule.remediation(),
                rule.resourceType(),
                rule.resourcePaths(),
                rule.said());
    }

    private static Rule rule(String id, String title, @Nullable String said, String why, Severity severity) {
        return new Rule(
                id,
                title,
                why,
                Category.GUARDRAILS,
                severity,
                Set.of(Response.ALERT, Response.REVOKE),
                null,
                "AWS::IAM::Role",
                List.of("userIdentity.sessionContext.sessionIssuer.userName"),
                said);
    }
}
