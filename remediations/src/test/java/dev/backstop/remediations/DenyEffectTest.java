package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.IssuedSession;
import dev.backstop.core.Json;
import dev.backstop.core.Records;
import dev.backstop.core.memory.LocalRolePolicies;
import dev.backstop.core.memory.SessionContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the deny policies do to whom, by an independent IAM evaluator, and that the demo's own matcher agrees with it.
 */
class DenyEffectTest {
    private static final String ROLE = "agent-deploy-role";
    private static final Instant KILL = Instant.parse("2026-11-20T10:15:00Z");
    private static final String BEFORE = "2026-11-20T09:00:00Z";
    private static final String WHILE_IT_SPREADS = "2026-11-20T10:29:59Z";
    private static final String LATER = "2026-11-20T10:30:01Z";

    /** Two killed sessions of one role: one with tags and source identity, one whose source identity is a person. */
    private static final List<AgentSession> KILLED = List.of(
            IssuedSession.of(Records.issued("sess_a8f3b21c", "jordan", "backend-api"), AgentSelector.DEFAULT)
                    .orElseThrow(),
            new AgentSession(
                    "run-7", Records.ROLE, "run-7", "AROAEXAMPLE:run-7", null, "maria", null, null, null, null));

    private static final List<Caller> CALLERS = List.of(
            new Caller("AROAEXAMPLE:sess_a8f3b21c", "sess_a8f3b21c", "sess_a8f3b21c", BEFORE, true),
            new Caller("AROAEXAMPLE:sess_a8f3b21c", null, null, BEFORE, true),
            new Caller("AROAEXAMPLE:sess_a8f3b21c", "sess_a8f3b21c", null, WHILE_IT_SPREADS, true),
            new Caller("AROAEXAMPLE:chained", "sess_a8f3b21c", null, BEFORE, true),
            new Caller("AROAEXAMPLE:chained", null, "sess_a8f3b21c", BEFORE, true),
            new Caller("AROAEXAMPLE:sess_a8f3b21c", "sess_a8f3b21c", "sess_a8f3b21c", LATER, false),
            new Caller("AROAEXAMPLE:sess_c41d09e7", "sess_c41d09e7", "sess_c41d09e7", BEFORE, false),
            new Caller("AROAEXAMPLE:sess_a8f3b21", null, null, BEFORE, false),
            new Caller("AROAEXAMPLE:SESS_A8F3B21C", null, null, BEFORE, false),
            new Caller("AROAOTHER:sess_a8f3b21c", null, null, BEFORE, false),
            new Caller("AROAEXAMPLE:run-7", "maria", null, BEFORE, true),
            new Caller("AROAEXAMPLE:run-8", "maria", null, BEFORE, false),
            new Caller("AROAEXAMPLE:untagged-child", null, null, BEFORE, false));

    private final List<String> policies = KILLED.stream()
            .map(session -> DenyPolicyDocument.of(session, KILL).json())
            .toList();

    @Test
    void anIndependentEvaluatorDecidesAsExpected() throws Exception {
        List<JsonNode> asked = CALLERS.stream().map(Caller::context).collect(Collectors.toList());
        List<String> decided = IamEvaluator.evaluate(policies, asked);
        List<String> expected = CALLERS.stream()
                .map(caller -> caller.denied ? "ExplicitlyDenied" : "Allowed")
                .toList();
        assertEquals(pairs(expected), pairs(decided));
    }

    @Test
    void ourOwnMatcherDecidesTheSame() {
        LocalRolePolicies roles = new LocalRolePolicies();
        roles.createRole(ROLE);
        for (int i = 0; i < policies.size(); i++) {
            roles.put(ROLE, "BackstopRevoke-" + i, policies.get(i));
        }
        for (Caller caller : CALLERS) {
            assertEquals(caller.denied, roles.denies(ROLE, caller.session()), caller.toString());
        }
    }

    private static List<String> pairs(List<String> decisions) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < CALLERS.size(); i++) {
            pairs.add(CALLERS.get(i) + " " + decisions.get(i));
        }
        return pairs;
    }

    private record Caller(String userId, String sourceIdentity, String tag, String issuedAt, boolean denied) {
        SessionContext session() {
            return new SessionContext(userId, sourceIdentity, tag, Instant.parse(issuedAt));
        }

        JsonNode context() {
            ObjectNode context = Json.object();
            context.put("aws:userid", userId);
            context.put("aws:TokenIssueTime", issuedAt);
            if (sourceIdentity != null) {
                context.put("aws:SourceIdentity", sourceIdentity);
            }
            if (tag != null) {
                context.put("aws:PrincipalTag/agent-session", tag);
            }
            return context;
        }
    }
}
