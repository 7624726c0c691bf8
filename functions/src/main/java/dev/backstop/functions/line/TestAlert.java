package dev.backstop.functions.line;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Alert;
import dev.backstop.core.Category;
import dev.backstop.core.Mode;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Severity;
import dev.backstop.core.Trigger;
import dev.backstop.core.Urgency;
import dev.backstop.functions.message.Message;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** An alert that says that it is none: to see that alerts arrive. */
public final class TestAlert {
    private TestAlert() {}

    /**
     * An alert of nothing.
     *
     * @param severity critical pages, anything else notifies
     * @param operator who asks
     * @param reference what it is found under, in every channel
     * @param partition of the account
     */
    public static Alert of(
            Severity severity,
            String operator,
            String reference,
            String partition,
            String account,
            String region,
            Instant now) {
        Rule rule = new Rule(
                Message.TEST,
                "A test of the alert channels",
                operator + " tests whether alerts arrive. Nobody has to do anything.",
                Category.GUARDRAILS,
                severity,
                Set.of(Response.ALERT),
                null,
                "AWS::IAM::Role",
                List.of(),
                "tests whether alerts arrive");
        String role = "arn:" + partition + ":iam::" + account + ":role/agents/agent-of-a-test";
        AgentSession session =
                new AgentSession("sess_test", role, "sess_test", null, null, null, null, null, null, null);
        Trigger trigger = new Trigger(reference, now, "backstop:" + Message.TEST, account, region);
        return new Alert(rule, trigger, session, Resource.role(role), Mode.OBSERVE, List.of(), now)
                .urgent(severity == Severity.CRITICAL ? Urgency.PAGE : Urgency.NOTIFY);
    }
}
