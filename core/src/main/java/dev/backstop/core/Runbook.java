package dev.backstop.core;

import java.util.Arrays;
import java.util.Locale;

/** The sections of {@code docs/runbook.md}: what a person does about an alert, or about an alarm of CloudWatch. */
public enum Runbook {
    // What agents did, by the category of the rule.
    DESTRUCTION,
    COST,
    EXPOSURE,
    IDENTITY,
    GUARDRAILS,
    SECRETS,
    CODE,
    // What Backstop tells of itself, by the rule's id.
    SESSION_REVOKED,
    KILL_NOT_EFFECTIVE,
    DENY_REMOVED,
    OPERATOR_REVOKE,
    OPERATOR_RESTORE,
    OPERATOR_PUT_BACK,
    OPERATOR_EXEMPT,
    OPERATOR_EXEMPT_END,
    INCIDENT_SUMMARY,
    INCIDENT_CLOSED,
    DRILL_FAILED,
    TEST_ALERT,
    // What CloudWatch and Lambda tell of Backstop.
    QUEUE_NOT_EMPTY,
    QUEUE_STUCK,
    FUNCTION_ERRORS,
    FUNCTION_THROTTLES,
    FUNCTION_GAVE_UP,
    HEARTBEAT_MISSING;

    /** Where the sections are, from the project's root: for links where nobody has said where else they are. */
    public static final String PAGE = "docs/runbook.md";

    /** The section about a rule: its own where there is one, else that of its category. */
    public static Runbook of(Rule rule) {
        return Arrays.stream(values())
                .filter(section -> section.anchor().equals(rule.id()))
                .findFirst()
                .orElseGet(() -> of(rule.category()));
    }

    /** The anchor of the section about a rule. */
    public static String anchor(Rule rule) {
        return of(rule).anchor();
    }

    /** Lower-case words with hyphens, as the section's heading makes them. */
    public String anchor() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param page where the runbook is: {@link #PAGE}, or an address of one's own */
    public String link(String page) {
        return page + "#" + anchor();
    }

    private static Runbook of(Category category) {
        return switch (category) {
            case DESTRUCTION -> DESTRUCTION;
            case COST -> COST;
            case EXPOSURE -> EXPOSURE;
            case IDENTITY -> IDENTITY;
            case GUARDRAILS -> GUARDRAILS;
            case SECRETS -> SECRETS;
            case CODE -> CODE;
        };
    }
}
