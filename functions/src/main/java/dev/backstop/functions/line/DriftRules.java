package dev.backstop.functions.line;

import dev.backstop.core.Category;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Severity;
import dev.backstop.core.baseline.Watched;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What drift is found under: rules that no pattern over calls stands for. */
public final class DriftRules {
    static final Rule GROUP = rule(
            "security-group-drifted",
            "A security group is not as people approved it",
            "Its rules differ from the state that was approved, however that came about. If they are to be so, approve the group"
                    + " again.",
            Severity.HIGH,
            "restore-approved-security-group",
            Watched.GROUP);

    static final Rule INSTANCE = rule(
            "instance-drifted",
            "An instance is not as people approved it",
            "Its type, its security groups or its metadata options differ from the state that was approved, however that came"
                    + " about. If they are to be so, approve the instance again.",
            Severity.HIGH,
            "restore-approved-instance",
            Watched.INSTANCE);

    private DriftRules() {}

    /** Their ids, which the mode can be switched by. */
    public static Set<String> ids() {
        return Set.of(GROUP.id(), INSTANCE.id(), "config-rule-violated");
    }

    /** The remediations that they ask for. */
    public static List<String> remediations() {
        return List.of(
                "restore-approved-security-group",
                "restore-approved-instance",
                "restart-trail",
                "close-public-bucket",
                "restore-database-settings");
    }

    /** For a resource that one of AWS's own Config rules found to break it. */
    static Rule violated(String configRule, String resourceType) {
        return rule(
                "config-rule-violated",
                "AWS Config: " + configRule + " is broken",
                "A resource kept to this rule of AWS Config and does not any more.",
                Severity.MEDIUM,
                null,
                resourceType);
    }

    /** For a tag by which somebody would have approved what nobody may have looked at. */
    static Rule refused(String resourceType, String doubt) {
        return rule(
                "approval-refused",
                "A tag did not approve what it was set on",
                "A tag approves a resource as the person saw it who set it, and that is not certain here, so nothing is approved: "
                        + doubt + " Look at it, take the tag away, and set it again.",
                Severity.MEDIUM,
                null,
                resourceType);
    }

    /** The same, where the call that broke it is known, and undone by that remediation. */
    static Rule undone(Rule violated, String remediation, String resourceType, String resourcePath) {
        return new Rule(
                violated.id(),
                violated.title(),
                violated.why(),
                violated.category(),
                Severity.HIGH,
                Set.of(Response.ALERT, Response.REVERT),
                remediation,
                resourceType,
                List.of(resourcePath));
    }

    private static Rule rule(
            String id, String title, String why, Severity severity, @Nullable String remediation, String type) {
        return new Rule(
                id,
                title,
                why,
                Category.GUARDRAILS,
                severity,
                remediation == null ? Set.of(Response.ALERT) : Set.of(Response.ALERT, Response.REVERT),
                remediation,
                type,
                List.of("requestParameters.resourceId"));
    }
}
