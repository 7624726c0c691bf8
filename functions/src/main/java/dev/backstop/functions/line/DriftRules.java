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
        return List.of("restore-approved-security-group", "restore-approved-instance");
    }

    /** For a resource that one of AWS's own Config rules found to break it. */
    static Rule violated(String configRule, String resourceType) {
        return rule(
                "config-rule-violated",
                "AWS Config: " + configRule + " is broken",
                "A resource kept to this rule of AWS Config and does not any more. Config looks minutes later: look whether it"
                        + " still does not.",
                Severity.MEDIUM,
                null,
                resourceType);
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
