package dev.backstop.functions.line;

import dev.backstop.core.Alert;
import dev.backstop.core.Category;
import dev.backstop.core.Incident;
import dev.backstop.core.Mode;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Severity;
import dev.backstop.core.Trigger;
import dev.backstop.core.Urgency;
import dev.backstop.core.port.Incidents.Case;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What is said of an incident as a whole, in the words of a finding. */
final class IncidentRules {
    private static final String SUMMARISED = "incident-summary";
    static final String CLOSED = "incident-closed";

    private IncidentRules() {}

    /** That more was found than messages were sent. */
    static Alert summary(Case about, Incident shown, Urgency urgency, String what, Instant now) {
        Rule rule = rule(SUMMARISED, "More findings in an open incident", "So far: " + what + ".", Severity.MEDIUM);
        return alert(rule, about, shown, urgency, now);
    }

    /** That it is over; whoever was told of the most urgent of it hears this too. */
    static Alert closed(Case about, Incident shown, Urgency urgency, String why, String what, Instant now) {
        Rule rule = rule(CLOSED, "Incident closed", why + " In all: " + what + ".", Severity.INFO);
        return alert(rule, about, shown, urgency, now);
    }

    private static Alert alert(Rule rule, Case about, Incident shown, Urgency urgency, Instant now) {
        Trigger trigger = new Trigger(
                about.id(),
                now,
                "backstop:" + rule.id(),
                about.resource().account(),
                about.resource().region());
        return new Alert(rule, trigger, about.session(), about.resource(), Mode.ENFORCE, List.of(), now)
                .within(shown)
                .urgent(urgency);
    }

    private static Rule rule(String id, String title, String why, Severity severity) {
        return new Rule(
                id,
                title,
                why,
                Category.GUARDRAILS,
                severity,
                Set.of(Response.ALERT),
                null,
                "AWS::IAM::Role",
                List.of("userIdentity.sessionContext.sessionIssuer.userName"));
    }
}
