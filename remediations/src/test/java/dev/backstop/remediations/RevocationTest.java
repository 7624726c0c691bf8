package dev.backstop.remediations;

import static dev.backstop.remediations.RoleStage.AROA;
import static dev.backstop.remediations.RoleStage.NOW;
import static dev.backstop.remediations.RoleStage.vended;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Comparison;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.memory.LocalRolePolicies;
import dev.backstop.core.port.RolePolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Denying one session on a role with room, or a whole role, and letting both go on. */
class RevocationTest {
    private static final AgentSession SESSION = vended("sess_a8f3b21c");
    private static final AgentSession OTHER = vended("sess_c41d09e7");
    private static final String OWN = "BackstopRevoke-sess_a8f3b21c";

    private final RoleStage stage = new RoleStage();

    @Test
    void deniesThisSessionAndNoOtherOfTheRole() {
        assertInstanceOf(Comparison.NothingLeft.class, stage.kill(SESSION, NOW));
        assertEquals(Set.of(OWN), stage.names());
        assertTrue(stage.denied("sess_a8f3b21c", NOW.minusSeconds(60)));
        assertFalse(stage.denied("sess_c41d09e7", NOW.minusSeconds(60)));
    }

    @Test
    void deniesCredentialsMintedWhileThePolicySpreadsButNoLaterSessionOfTheName() {
        stage.kill(SESSION, NOW);
        assertTrue(stage.denied("sess_a8f3b21c", NOW.plus(Duration.ofMinutes(14))));
        assertFalse(stage.denied("sess_a8f3b21c", NOW.plus(Duration.ofMinutes(16))));
    }

    @Test
    void oneReadingAndOneWriteBeforeItIsDenied() {
        stage.kill(OTHER, NOW);
        List<String> calls = new ArrayList<>();
        var step = RoleStage.step(Revocation.revoke(SESSION, AgentSelector.DEFAULT, NOW));
        RoleStage.run(step, RoleStage.over(new Counting(stage.role, calls)));
        assertEquals(List.of("names", "put " + OWN, "names", "get " + OWN), calls);
    }

    @Test
    void aSourceIdentityThatIsAPersonDoesNotStopAllThatPersonDoes() {
        stage.kill(session("sess_a8f3b21c", "sess_a8f3b21c", "jordan", null), NOW);
        assertTrue(stage.denied(AROA + ":sess_a8f3b21c", "jordan", null, NOW));
        assertFalse(stage.denied(AROA + ":other", "jordan", null, NOW));
    }

    @Test
    void anIdThatIsOnlyAChosenNameDoesNotStopTheSessionThatIsTaggedSo() {
        stage.kill(session("sess_victim", "sess_victim", null, NOW), NOW);
        assertTrue(stage.denied("sess_victim", NOW));
        assertFalse(stage.denied(AROA + ":other", "sess_victim", "sess_victim", NOW));
    }

    @Test
    void anIdFromATagStopsWhatTheTagCameAlongWith() {
        stage.kill(session("team/ä-7", "run", null, NOW), NOW);
        assertTrue(stage.denied(AROA + ":child", null, "team/ä-7", NOW));
        assertFalse(stage.denied(AROA + ":child", null, "team/ä-8", NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"日本", "a\"b", "${aws:userid}", "", "tab\t"})
    void anIdThatNoPolicyMayHoldLeavesTheUserId(String id) {
        stage.kill(session(id, "run", id, NOW), NOW);
        assertTrue(stage.denied("run", NOW));
        assertEquals(
                1,
                Json.read(stage.documents().get("BackstopRevoke-run"))
                        .path("Statement")
                        .size());
    }

    @Test
    void withoutARoleIdTheNameOnThisRoleServes() {
        AgentSession unknown = new AgentSession("x1", Records.ROLE, "x1", null, null, null, null, null, null, null);
        assertInstanceOf(Comparison.NothingLeft.class, stage.kill(unknown, NOW));
        assertTrue(stage.denied("x1", NOW));
        assertFalse(stage.denied("xx1", NOW));
        assertInstanceOf(Comparison.NothingLeft.class, stage.lift(unknown, NOW));
        assertFalse(stage.denied("x1", NOW));
    }

    @Test
    void aNameOf64CharactersFits() {
        AgentSession longest = vended("n".repeat(64));
        assertInstanceOf(Comparison.NothingLeft.class, stage.kill(longest, NOW));
        assertTrue(stage.denied(longest.name(), NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "sess_é", "日本", "x", "a b", "*", "a:b", "${x}", ""})
    void aNameThatStsDoesNotIssueIsRefusedWithTheWayThereIs(String name) {
        String why = refusal(session("id", name, null, NOW), AgentSelector.DEFAULT);
        assertTrue(why.contains("put-role-policy --role-name agent-deploy-role --policy-name BackstopRevokeRole"), why);
        assertEquals(Set.of(), stage.names());
    }

    @Test
    void aSecondKillHasNothingToAddUntilTheFirstCutOff() {
        stage.kill(SESSION, NOW);
        String first = stage.documents().get(OWN);
        stage.kill(SESSION, NOW.plusSeconds(60));
        assertEquals(first, stage.documents().get(OWN));
        stage.kill(SESSION, NOW.plus(Duration.ofMinutes(20)));
        assertTrue(stage.denied("sess_a8f3b21c", NOW.plus(Duration.ofMinutes(34))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"Effect\":\"Deny\"|\"Effect\":\"Allow\"",
                "\"Action\":\"*\"|\"Action\":\"s3:*\"",
                "\"Action\":\"*\"|\"NotAction\":\"iam:*\"",
                "\"Resource\":\"*\"|\"Resource\":\"arn:aws:s3:::b\"",
                "\"DateLessThan\"|\"Bool\":{\"aws:ViaAWSService\":\"true\"},\"DateLessThan\"",
                "aws:userid|aws:username",
                "AROA|AROB",
                "\"StringEquals\"|\"StringNotEquals\"",
                "2026-11-20T10:30:00Z|2026-11-20T10:15:00Z"
            })
    void whatSomebodyNarrowedIsNoCoverAndIsWrittenAgain(String from, String to) {
        stage.kill(SESSION, NOW);
        String whole = stage.documents().get(OWN);
        stage.role.put(RoleStage.ROLE, OWN, whole.replace(from, to));

        assertInstanceOf(Comparison.NothingLeft.class, stage.kill(SESSION, NOW));
        assertEquals(whole, stage.documents().get(OWN));
    }

    @Test
    void aRoleThatIsNoAgentRoleIsNotEditedButNamedWithTheCommand() {
        AgentSession child = onRole("arn:aws:iam::111122223333:role/deploy", "AROAX:run", "ASIA1");
        String why = refusal(child, AgentSelector.DEFAULT);
        assertTrue(why.contains("aws iam put-role-policy --role-name deploy --policy-name BackstopRevoke-run"), why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iam::1:user/agent-x|AIDAX|AKIA1|update-access-key --user-name agent-x --access-key-id AKIA1 --status Inactive",
                "iam::1:user/p/agent-x|AIDAX|ASIA1|put-user-policy --user-name agent-x --policy-name BackstopRevoke-agent-x",
                "iam::1:user/agent-x|111122223333:run|ASIA1|{\"aws:userid\":\"111122223333:run\"}",
                "iam::1:root|1|ASIA1|disable-organizations-root-sessions",
                "iam::1:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX|AROAX:run|ASIA1|in x.amazonaws.com itself",
                "iam::1:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0123456789abcdef|AROAX:run|ASIA1|"
                        + "permission set Ops",
                "iam::1:role/AWSReservedSSO_Ops_0123456789abcdef|AROAX:run|ASIA1|provision-permission-set",
                "sts::1:federated-user/x|1:x|ASIA1|userIdentity"
            })
    void whatNoRolePolicyCanStopIsNamedWithTheWayThereIs(String arn, String principal, String key, String way) {
        AgentSelector all = new AgentSelector(List.of(""), List.of(), List.of());
        String why = refusal(onRole("arn:aws:" + arn, principal, key), all);
        assertTrue(why.contains(way), why);
    }

    @Test
    void restoreRemovesThePolicyAndTwiceIsSuccess() {
        stage.kill(SESSION, NOW);
        stage.kill(OTHER, NOW);
        assertInstanceOf(Comparison.NothingLeft.class, stage.lift(SESSION, NOW));
        assertInstanceOf(Comparison.NothingLeft.class, stage.lift(SESSION, NOW));
        assertEquals(Set.of("BackstopRevoke-sess_c41d09e7"), stage.names());
    }

    @Test
    void restoreOfAChildAlsoTakesItsSourceIdentityOutOfTheParentsPolicyWhichStaysDenied() {
        AgentSession child = session("sess_a8f3b21c", "child", "sess_a8f3b21c", NOW);
        stage.kill(SESSION, NOW);
        stage.kill(child, NOW);
        stage.lift(child, NOW);
        assertFalse(stage.denied(AROA + ":child", "sess_a8f3b21c", "sess_a8f3b21c", NOW));
        assertTrue(stage.denied(AROA + ":sess_a8f3b21c", "sess_a8f3b21c", "sess_a8f3b21c", NOW));
    }

    @Test
    void aWholeRoleIsDeniedUntilTheCutOffAndLetGoOnWithoutThoseDeniedByName() {
        stage.kill(SESSION, NOW);
        var everyone = RoleStage.step(Revocation.revokeRole(Records.ROLE, AgentSelector.DEFAULT, NOW));
        assertInstanceOf(Comparison.NothingLeft.class, RoleStage.run(everyone, stage.aws));
        assertTrue(stage.denied("anyone", NOW.plus(Duration.ofMinutes(14))));
        assertFalse(stage.denied("anyone", NOW.plus(Duration.ofMinutes(15))));

        assertInstanceOf(Comparison.NothingLeft.class, stage.kill(OTHER, NOW), "a kill meanwhile is written down too");
        RoleStage.run(Revocation.restoreRole(Records.ROLE), stage.aws);

        assertFalse(stage.denied("anyone", NOW));
        assertEquals(Set.of(OWN, "BackstopRevoke-sess_c41d09e7"), stage.names());
        assertInstanceOf(Comparison.NothingLeft.class, RoleStage.run(Revocation.restoreRole(Records.ROLE), stage.aws));
    }

    @Test
    void oneSessionOfADeniedRoleIsNotReleasedAndToldUntilWhenAndHow() {
        stage.kill(SESSION, NOW);
        RoleStage.run(RoleStage.step(Revocation.revokeRole(Records.ROLE, AgentSelector.DEFAULT, NOW)), stage.aws);

        Comparison.MustNot refused = assertInstanceOf(Comparison.MustNot.class, stage.lift(SESSION, NOW));

        assertTrue(refused.why().contains("2026-11-20T10:30:00Z"), refused.why());
        assertTrue(refused.why().contains("2026-11-20T23:30:00Z"), refused.why());
        assertTrue(refused.why()
                .contains("delete-role-policy --role-name agent-deploy-role --policy-name " + "BackstopRevokeRole"));
        assertEquals(Set.of(OWN, "BackstopRevokeRole"), stage.names());
        Instant dead = NOW.plus(Duration.ofHours(14));
        assertInstanceOf(Comparison.NothingLeft.class, stage.lift(SESSION, dead), "the last of them is dead");
    }

    @Test
    void healPutsBackWhatIsMissingAndLeavesWhatStands() {
        Instant later = NOW.plus(Duration.ofHours(2));
        stage.kill(SESSION, NOW);
        String first = stage.documents().get(OWN);
        var heal = RoleStage.step(Revocation.heal(RoleStage.revoked(SESSION, NOW), AgentSelector.DEFAULT, later));
        RoleStage.run(heal, stage.aws);
        assertEquals(first, stage.documents().get(OWN));

        stage.role.delete(RoleStage.ROLE, OWN);
        assertInstanceOf(Comparison.NothingLeft.class, RoleStage.run(heal, stage.aws));
        assertEquals(first, stage.documents().get(OWN), "no cut-off moves");
    }

    @Test
    void expiredDeniesGoWhenNoCredentialsOfThemCanLive() {
        stage.kill(SESSION, NOW);
        stage.kill(OTHER, NOW.plus(Duration.ofHours(1)));
        var drop = Revocation.dropExpired(Records.ROLE, NOW.plus(Duration.ofMinutes(13 * 60 + 15)));
        assertInstanceOf(Comparison.NothingLeft.class, RoleStage.run(drop, stage.aws));
        assertEquals(Set.of("BackstopRevoke-sess_c41d09e7"), stage.names());
        assertEquals(NOW.plus(Duration.ofMinutes(13 * 60 + 15)), Revocation.expiry(Revocation.cutOff(NOW)));
    }

    private static String refusal(AgentSession session, AgentSelector editable) {
        return assertInstanceOf(Plan.Refused.class, Revocation.revoke(session, editable, NOW))
                .why();
    }

    private static AgentSession session(String id, String name, String sourceIdentity, Instant startedAt) {
        return new AgentSession(
                id, Records.ROLE, name, AROA + ":" + name, null, sourceIdentity, null, null, startedAt, null);
    }

    private static AgentSession onRole(String arn, String principal, String key) {
        return new AgentSession("run", arn, "run", principal, key, null, null, null, null, null);
    }

    /** Writes down what is asked of the real one. */
    private record Counting(LocalRolePolicies real, List<String> calls) implements RolePolicies {
        @Override
        public Optional<String> get(String roleName, String policyName) {
            calls.add("get " + policyName);
            return real.get(roleName, policyName);
        }

        @Override
        public Set<String> names(String roleName) {
            calls.add("names");
            return real.names(roleName);
        }

        @Override
        public void put(String roleName, String policyName, String document) {
            calls.add("put " + policyName);
            real.put(roleName, policyName, document);
        }

        @Override
        public boolean delete(String roleName, String policyName) {
            calls.add("delete " + policyName);
            return real.delete(roleName, policyName);
        }
    }
}
