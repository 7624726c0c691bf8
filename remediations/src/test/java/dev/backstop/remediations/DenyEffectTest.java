package dev.backstop.remediations;

import static dev.backstop.remediations.RoleStage.AROA;
import static dev.backstop.remediations.RoleStage.NOW;
import static dev.backstop.remediations.RoleStage.vended;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Json;
import dev.backstop.core.Records;
import dev.backstop.core.iam.IamRequest;
import dev.backstop.core.iam.IamSimulator;
import dev.backstop.core.memory.SessionContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the written policies do to whom, for each way in which they may stand on the role: decided by an IAM evaluator that
 * is not ours, and by our own in memory.
 */
class DenyEffectTest {
    private static final Instant BEFORE = NOW.minus(Duration.ofHours(1));
    private static final Instant SPREADING = NOW.plus(Duration.ofMinutes(15)).minusSeconds(1);
    private static final Instant LATER = NOW.plus(Duration.ofMinutes(15)).plusSeconds(1);

    /** Its source identity is a person, who has other sessions. */
    private static final AgentSession MARIAS = session("run-7", "run-7", AROA + ":run-7", "maria");

    /** Seen only in its own calls, and by its ARN alone. */
    private static final AgentSession UNKNOWN = session("run-9", "run-9", null, null);

    private static final AgentSession CHAINED = session("sess_chain", "hop", AROA + ":hop", "sess_chain");

    private static final List<AgentSession> KILLED = List.of(vended("sess_a8f3b21c"), MARIAS, UNKNOWN, CHAINED);

    private static final List<Call> CALLS = List.of(
            new Call("ec2:RunInstances", "arn:aws:ec2:us-east-1:111122223333:instance/*", null),
            new Call("iam:DeleteRolePolicy", Records.ROLE, null),
            new Call("sts:AssumeRole", "arn:aws:iam::111122223333:role/agents/data-reader", null),
            new Call("s3:GetObject", "arn:aws:s3:::builds/app.zip", """
                    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject",
                     "Principal": {"AWS": "%s"}, "Resource": "arn:aws:s3:::builds/*"}]}""".formatted(Records.ROLE)));

    /** How the denies stand on the role. */
    private enum Way {
        /** Each session in a policy of its own. */
        OWN,
        /** All in a list. */
        FOLDED,
        /** No room by name: everybody. */
        LAST_RESORT,
        /** An operator denied the role, and the sessions before. */
        WHOLE_ROLE,
        /** The same, and the role was let go on. */
        ROLE_RELEASED,
        /** One of those in policies of their own was let go on. */
        RELEASED,
        /** One of those in a list was let go on. */
        RELEASED_FROM_LIST
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void decidesAsExpected(Way way) throws Exception {
        RoleStage stage = standing(way);
        List<Caller> callers = callers(way);
        assertTrue(callers.size() >= 12);
        List<String> names = new ArrayList<>();
        List<IamRequest> questions = new ArrayList<>();
        Map<String, String> expected = new LinkedHashMap<>();
        for (Caller caller : callers) {
            for (Call call : CALLS) {
                names.add(caller.who + " " + call.action);
                questions.add(call.by(caller, stage));
                expected.put(names.getLast(), caller.denied ? "ExplicitlyDenied" : "Allowed");
            }
            assertEquals(
                    caller.denied,
                    stage.role.denies(RoleStage.ROLE, caller.context),
                    () -> way + ", in memory: " + caller.who + " under " + stage.documents());
        }

        List<String> decided = IamSimulator.decide(questions);

        Map<String, String> actual = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            actual.put(names.get(i), decided.get(i));
        }
        assertEquals(expected, actual, () -> way + ": " + stage.documents());
    }

    private static List<Caller> callers(Way way) {
        boolean own = way == Way.OWN || way == Way.RELEASED || way == Way.ROLE_RELEASED;
        boolean everybody = way == Way.LAST_RESORT || way == Way.WHOLE_ROLE;
        boolean released = way == Way.RELEASED || way == Way.RELEASED_FROM_LIST;
        boolean ids = own || everybody;
        return List.of(
                caller("the killed session", "sess_a8f3b21c", "sess_a8f3b21c", "sess_a8f3b21c", BEFORE, !released),
                caller("the killed session without tag", "sess_a8f3b21c", "sess_a8f3b21c", null, BEFORE, !released),
                caller("its token minted meanwhile", "sess_a8f3b21c", null, null, SPREADING, !released),
                caller("a later session of its name", "sess_a8f3b21c", "sess_a8f3b21c", "sess_a8f3b21c", LATER, false),
                caller("its child by source identity", "child", "sess_a8f3b21c", null, BEFORE, ids && !released),
                caller("its child by tag", "child", null, "sess_a8f3b21c", BEFORE, ids && !released),
                caller("its child that shows neither", "child", null, null, BEFORE, everybody),
                caller("another session", "sess_c41d09e7", "sess_c41d09e7", "sess_c41d09e7", BEFORE, everybody),
                caller("another session, later", "sess_c41d09e7", "sess_c41d09e7", null, LATER, false),
                caller("a name that begins alike", "sess_a8f3b21", null, null, BEFORE, everybody),
                caller("a name that ends alike", "my.sess_a8f3b21c", null, null, BEFORE, everybody),
                caller("the name in capitals", "SESS_A8F3B21C", null, null, BEFORE, everybody),
                caller("maria's killed session", "run-7", "maria", null, BEFORE, true),
                caller("maria's other session", "run-8", "maria", null, BEFORE, everybody),
                caller("whoever is tagged as run-7 is named", "other", null, "run-7", BEFORE, everybody),
                caller("the one without a role id", "run-9", null, null, BEFORE, true),
                caller("the killed child of a chain", "hop", "sess_chain", null, BEFORE, true),
                caller("the parent of that child", "sess_chain", "sess_chain", null, BEFORE, ids));
    }

    private static RoleStage standing(Way way) {
        RoleStage stage = new RoleStage();
        switch (way) {
            case OWN -> kill(stage);
            case FOLDED -> fold(stage);
            case LAST_RESORT -> {
                stage.fill(160);
                kill(stage);
                assertEquals(Set.of("owners", "BackstopRevokeRole"), stage.names());
            }
            case WHOLE_ROLE -> {
                kill(stage);
                denyRole(stage);
            }
            case ROLE_RELEASED -> {
                kill(stage);
                denyRole(stage);
                RoleStage.run(Revocation.restoreRole(Records.ROLE), stage.aws);
            }
            case RELEASED -> {
                kill(stage);
                stage.lift(vended("sess_a8f3b21c"), NOW);
            }
            case RELEASED_FROM_LIST -> {
                fold(stage);
                stage.lift(vended("sess_a8f3b21c"), NOW.plusSeconds(200));
            }
        }
        return stage;
    }

    private static void kill(RoleStage stage) {
        KILLED.forEach(session -> stage.kill(session, NOW));
    }

    private static void denyRole(RoleStage stage) {
        RoleStage.run(RoleStage.step(Revocation.revokeRole(Records.ROLE, AgentSelector.DEFAULT, NOW)), stage.aws);
    }

    /** Kills more until none of the first has a policy of its own. */
    private static void fold(RoleStage stage) {
        kill(stage);
        stage.fill(10);
        stage.kill(vended("sess_more"), NOW);
        List<String> names = KILLED.stream().map(Revocation::policyName).toList();
        assertTrue(stage.names().stream().noneMatch(names::contains), () -> "not folded: " + stage.names());
        assertTrue(stage.names().stream().anyMatch(RolePolicy::isList), () -> "no list: " + stage.names());
    }

    private static AgentSession session(
            String id, String name, @Nullable String principal, @Nullable String sourceIdentity) {
        return new AgentSession(id, Records.ROLE, name, principal, null, sourceIdentity, null, null, BEFORE, null);
    }

    private static Caller caller(
            String who,
            String name,
            @Nullable String sourceIdentity,
            @Nullable String tag,
            Instant issuedAt,
            boolean denied) {
        return new Caller(who, new SessionContext(AROA + ":" + name, sourceIdentity, tag, issuedAt), denied);
    }

    /** @param who in words */
    private record Caller(String who, SessionContext context, boolean denied) {}

    /** @param resourcePolicy where this alone allows the call */
    private record Call(
            String action, String resource, @Nullable String resourcePolicy) {
        IamRequest by(Caller caller, RoleStage stage) {
            Map<String, Object> context = new LinkedHashMap<>();
            context.put("aws:userid", caller.context.userId());
            context.put("aws:TokenIssueTime", caller.context.issuedAt().toString());
            if (caller.context.sourceIdentity() != null) {
                context.put("aws:SourceIdentity", caller.context.sourceIdentity());
            }
            if (caller.context.agentSession() != null) {
                context.put("aws:PrincipalTag/agent-session", caller.context.agentSession());
            }
            List<JsonNode> policies = new ArrayList<>(
                    stage.documents().values().stream().map(Json::read).toList());
            if (resourcePolicy == null) {
                policies.add(IamRequest.EVERYTHING);
            }
            String name = caller.context.userId().split(":")[1];
            return new IamRequest(
                    "arn:aws:sts::111122223333:assumed-role/agent-deploy-role/" + name,
                    action,
                    resource,
                    context,
                    policies,
                    null,
                    resourcePolicy == null ? null : Json.read(resourcePolicy));
        }
    }
}
