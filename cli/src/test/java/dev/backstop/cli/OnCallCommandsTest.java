package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Json;
import dev.backstop.core.Outliving;
import dev.backstop.core.TimelineEntry;
import dev.backstop.functions.sdk.BackstopTable;
import dev.backstop.functions.sdk.DynamoRevocations;
import dev.backstop.functions.sdk.DynamoSessionRegistry;
import dev.backstop.functions.sdk.DynamoTimeline;
import dev.backstop.functions.sdk.SdkClients;
import dev.backstop.functions.sdk.SdkRolePolicies;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of on-call on a local AWS, which has IAM and DynamoDB, and neither functions nor an event history. */
final class OnCallCommandsTest {
    private static final String ARN = "arn:aws:sts::123456789012:assumed-role/agent-deploy-role/sess_1";
    private static final Instant BEGAN = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.SECONDS);

    private final LocalAccount account = LocalAccount.open();
    private final SdkClients clients = account.clients();

    @BeforeEach
    void createRoles() {
        role("agent-deploy-role", "/");
        role("reader", "/agents/");
        role("Deployer", "/");
    }

    @AfterEach
    void leaveTheLocalAws() {
        account.close();
    }

    @Test
    void withoutAStackAnArnSaysAllThatIsNeeded() {
        Run run = revoke(ARN);
        assertEquals(0, run.exit(), run.err());
        assertEquals(Set.of("BackstopRevoke-sess_1"), policies("agent-deploy-role"));
        assertEquals(Set.of(), policies("reader"));
        assertTrue(
                run.out().startsWith("done      deny session sess_1 on role agent-deploy-role everything"), run.out());
        assertTrue(run.err().contains("the table backstop in 123456789012, eu-west-1 is not there"), run.err());
        assertTrue(run.err().contains("nobody else is told"), run.err());

        Run restored = restore(ARN);
        assertEquals(0, restored.exit(), restored.err());
        assertEquals(Set.of(), policies("agent-deploy-role"));
    }

    @Test
    void anyRoleMayBeEditedThatTheCallerMayEdit() {
        Run run = revoke("arn:aws:sts::123456789012:assumed-role/Deployer/maria");
        assertEquals(0, run.exit(), run.err());
        assertEquals(Set.of("BackstopRevoke-maria"), policies("Deployer"));
    }

    @Test
    void aBareIdThatNobodySawIsDeniedOnEveryAgentRoleBySourceIdentity() {
        Run run = revoke("sess_unseen");
        assertEquals(0, run.exit(), run.err());
        for (String role : List.of("agent-deploy-role", "reader")) {
            assertTrue(document(role, "BackstopRevoke-sess_unseen").contains("aws:SourceIdentity"), role);
        }
        assertEquals(Set.of(), policies("Deployer"));
        assertTrue(run.err().contains("on each agent role: agent-deploy-role, reader"), run.err());

        assertEquals(0, restore("sess_unseen").exit());
        assertEquals(Set.of(), policies("reader"));
    }

    @Test
    void aPersonsNameIsNotTakenForASession() {
        Run run = revoke("jordan@example.com");
        assertEquals(2, run.exit(), run.out());
        assertTrue(run.err().contains("nothing is known as jordan@example.com"), run.err());
        assertEquals(Set.of(), policies("agent-deploy-role"));
    }

    @Test
    void aDryRunPrintsThePoliciesAndWritesNone() {
        Run run = Run.of("revoke", "sess_unseen", "--reason", "r", "--direct", "--dry-run");
        assertEquals(0, run.exit(), run.err());
        String[] parts = run.out().split("(?m)^would     deny session sess_unseen on role .* everything$");
        assertEquals(3, parts.length, run.out());
        for (String policy : List.of(parts[1], parts[2])) {
            assertEquals("2012-10-17", Json.read(policy).path("Version").asText());
        }
        assertEquals(Set.of(), policies("agent-deploy-role"));

        Run json = Run.of("revoke", ARN, "--reason", "r", "--direct", "--dry-run", "--json");
        JsonNode outcome = Json.read(json.lines().getFirst());
        assertEquals("observed", outcome.path("status").asText());
        assertEquals(
                "Deny",
                outcome.path("document")
                        .path("Statement")
                        .path(0)
                        .path("Effect")
                        .asText());
    }

    @Test
    void whatTheTableKnowsIsFollowedListedAndToldFromBeginningToEnd() {
        BackstopTable table = account.createTable();
        keep(table, session("sess_1", "agent-deploy-role", "ASIA1", null));
        keep(table, session("hop", "Deployer", "ASIAHOP", "ASIA1"));
        keep(table, session("sess_2", "agent-deploy-role", "ASIA2", null));
        clients.iam().createUser(user -> user.userName("eve"));
        String key = clients.iam()
                .createAccessKey(user -> user.userName("eve"))
                .accessKey()
                .accessKeyId();
        timeline(table)
                .keep(
                        "sess_1",
                        List.of(
                                call("e-1", "ec2:RunInstances", "UnauthorizedOperation", null),
                                call(
                                        "e-2",
                                        "iam:CreateAccessKey",
                                        null,
                                        new Outliving(Outliving.Kind.ACCESS_KEY, "eve", key))));

        Run run = Run.of("revoke", "ASIA1", "--reason", "deleting things", "--operator", "maria", "--direct");
        assertEquals(0, run.exit(), run.err() + run.out());
        assertEquals(Set.of("BackstopRevoke-sess_1"), policies("agent-deploy-role"));
        assertEquals(Set.of("BackstopRevoke-hop"), policies("Deployer"));
        assertEquals("Inactive", status(key));
        assertEquals(2, new DynamoRevocations(table).all().size());

        Run list = Run.of("sessions", "--direct");
        assertEquals(0, list.exit(), list.err());
        assertTrue(
                list.out().matches("(?s)SESSION .*sess_1 +agent-deploy-role +jordan +checkout .* revoked\n.*"),
                list.out());
        assertTrue(
                list.out().matches("(?s).*sess_2 +agent-deploy-role +jordan +checkout +[-0-9]+ [:0-9]+\n.*"),
                list.out());
        Run lines = Run.of("sessions", "--direct", "--json");
        assertEquals(3, lines.lines().size(), lines.out());
        assertEquals(
                2,
                lines.lines().stream()
                        .map(Json::read)
                        .filter(line -> line.has("revoked"))
                        .count(),
                lines.out());

        Run told = Run.of("timeline", "sess_1", "--direct");
        assertEquals(0, told.exit(), told.err());
        assertTrue(told.out().contains(" by maria: deleting things; not seen refused yet"), told.out());
        assertTrue(
                told.out()
                        .matches(
                                "(?s).*\n! +\\+1:00  [0-9:]{8}  call +ec2:RunInstances on i-1: UnauthorizedOperation\n.*"),
                told.out());
        assertTrue(told.out().contains("made access key " + key), told.out());
        assertTrue(told.out().contains("operator  maria asked, operator-revoke: deleting things"), told.out());
        JsonNode json =
                Json.read(Run.of("timeline", "ASIA1", "--direct", "--json").out());
        assertEquals("sess_1", json.path("session").asText());
        assertEquals("issued", json.path("timeline").path(0).path("kind").asText());

        Run restored = Run.of("restore", "sess_1", "--keys", "--reason", "talked to jordan", "--direct", "--json");
        assertEquals(0, restored.exit(), restored.err() + restored.out());
        assertEquals(
                3,
                restored.lines().stream()
                        .map(Json::read)
                        .filter(line -> line.path("verified").asBoolean())
                        .count());
        assertEquals(Set.of(), policies("Deployer"));
        assertEquals("Active", status(key));
        assertEquals(List.of(), new DynamoRevocations(table).all());
    }

    @Test
    void whatIsLeftToAPersonIsExitOneWithTheCommand() {
        BackstopTable table = account.createTable();
        keep(table, session("sess_1", "agent-deploy-role", "ASIA1", null));
        timeline(table)
                .keep(
                        "sess_1",
                        List.of(call("e-1", "iam:CreateUser", null, new Outliving(Outliving.Kind.USER, "eve", null))));
        Run run = revoke("sess_1");
        assertEquals(1, run.exit(), run.out());
        assertTrue(run.out().contains("not done  cut off the user eve, which the session created"), run.out());
        assertTrue(run.lines().contains("          aws iam list-access-keys --user-name eve"), run.out());
    }

    @Test
    void everybodyGoesOnAfterAYes() {
        BackstopTable table = account.createTable();
        keep(table, session("sess_1", "agent-deploy-role", "ASIA1", null));
        keep(table, session("sess_2", "agent-deploy-role", "ASIA2", null));
        revoke("sess_1");
        revoke("sess_2");

        Run no = Run.of("restore", "--all", "--reason", "r", "--direct");
        assertEquals(2, no.exit());
        assertTrue(no.err().contains("--all: confirmation: is missing: add --yes"), no.err());
        assertEquals(2, policies("agent-deploy-role").size());

        Run yes = Run.of("restore", "--all", "--yes", "--reason", "r", "--direct");
        assertEquals(0, yes.exit(), yes.err());
        assertEquals(Set.of(), policies("agent-deploy-role"));
        assertTrue(Run.of("restore", "--all", "--yes", "--reason", "r", "--direct")
                .out()
                .contains("Nothing is revoked."));
    }

    @Test
    void aWholeRoleIsStoppedAfterAYesAndGoesOn() {
        account.createTable();
        Run dry = Run.of("revoke", "--role", "reader", "--all", "--reason", "r", "--dry-run", "--direct");
        assertEquals(0, dry.exit(), dry.err());
        assertEquals(Set.of(), policies("reader"));

        Run run = Run.of("revoke", "--role", "reader", "--all", "--yes", "--reason", "r", "--direct");
        assertEquals(0, run.exit(), run.err());
        assertEquals(1, policies("reader").size());

        assertEquals(
                0,
                Run.of("restore", "--role", "reader", "--all", "--yes", "--reason", "r", "--direct")
                        .exit());
        assertEquals(Set.of(), policies("reader"));
    }

    @Test
    void noValueOfARecordSteersTheTerminal() {
        BackstopTable table = account.createTable();
        String evil = "\u001b[2J\u202e|@@|red x";
        keep(
                table,
                new AgentSession(
                        "sess_1",
                        "arn:aws:iam::123456789012:role/agent-deploy-role",
                        "sess_1",
                        "AROA1:sess_1",
                        "ASIA1",
                        null,
                        evil,
                        evil,
                        BEGAN,
                        null));
        timeline(table).keep("sess_1", List.of(call("e-1", "ec2:RunInstances" + evil, evil, null)));
        for (String[] command : List.of(
                new String[] {"sessions", "--direct"},
                new String[] {"timeline", "sess_1", "--direct"},
                new String[] {"revoke", "ASIA1", "--direct", "--reason", evil},
                new String[] {"revoke", "x" + evil, "--direct", "--reason", "r"},
                new String[] {"timeline", "sess_1", "--direct"})) {
            Run run = Run.of(command);
            assertTrue(
                    (run.out() + run.err()).chars().allMatch(each -> each == '\n' || each >= ' ' && each != 0x202e),
                    run.out() + run.err());
        }
    }

    @Test
    void withoutFunctionsOneLineNamesTheRemedy() {
        for (String[] command : List.of(
                new String[] {"revoke", "sess_1", "--reason", "r"},
                new String[] {"restore", "sess_1", "--reason", "r"},
                new String[] {"sessions"},
                new String[] {"timeline", "sess_1"})) {
            Run run = Run.of(command);
            assertEquals(2, run.exit(), run.err());
            assertEquals(1, run.complaints().size(), run.err());
            assertTrue(run.err().contains("is not there") && run.err().contains("--direct"), run.err());
        }
    }

    @Test
    void whoDoesNotAnswerIsSaidInOneLine() {
        LocalAccount.use(URI.create("http://127.0.0.1:1"));
        Run run = revoke("sess_1");
        assertEquals(2, run.exit(), run.err());
        assertEquals(1, run.complaints().size(), run.err());
        assertTrue(run.err().contains("AWS: endpoint: cannot be asked"), run.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "revoke --reason r | revoke: SESSION: is missing: name one, or --role NAME --all",
                "revoke --all --reason r | revoke: --all: goes with --role",
                "revoke --role reader --reason r | --role: value: goes with --all",
                "revoke sess_1 --role reader --all --reason r | --role: value: goes with --all and without a session",
                "revoke --role reader --all --reason r | --all: confirmation: is missing",
                "revoke --role gone --all --yes --reason r --direct | there is no role gone",
                "revoke sess_1 | --reason: value: is missing",
                "revoke sess_1 --reason | Missing required parameter for option '--reason'",
                "revoke sess_1 --reason= | --reason: value: is missing",
                "revoke sess_1 --reason r --operator= | --operator: value: is empty",
                "revoke sess_1 sess_2 --reason r | Unmatched argument",
                "revoke sess_1 --reason r --config nowhere.json --direct | nowhere.json: --config: is not there",
                "revoke AKIAEXAMPLE --reason r --direct | is a user's long-lived key",
                "revoke arn:aws:iam::123456789012:role/agent-deploy-role --reason r --direct | is a role",
                "revoke arn:aws:sts::123456789012:assumed-role/gone/s --reason r --direct | there is no role gone",
                "revoke arn:aws:sts::999988887777:assumed-role/reader/s --reason r --direct | is a session in account 999988887777",
                "revoke ASIANOBODY --reason r --direct | nothing is known as ASIANOBODY",
                "restore --reason r | restore: SESSION: is missing: name one, or --all",
                "restore sess_1 --all --yes --reason r | --all: does not go with a session",
                "restore maria --reason r --direct | nothing of session maria is revoked; no session is",
                "sessions --hours 0 | --hours: 0: is not from 1 to 168",
                "sessions --hours 169 | --hours: 169: is not from 1 to 168",
                "sessions --hours two | Invalid value for option '--hours'",
                "timeline | Missing required parameter: 'SESSION'",
                "timeline maria --direct | nothing is known as maria",
            })
    void wrongInputIsOneLineAndNothingIsWritten(String command, String said) {
        Run run = Run.of(command.split(" "));
        assertEquals(2, run.exit(), run.err());
        assertEquals("", run.out());
        assertTrue(run.complaints().getLast().contains(said), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
        for (String role : List.of("agent-deploy-role", "reader", "Deployer")) {
            assertEquals(Set.of(), policies(role));
        }
    }

    private static Run revoke(String session) {
        return Run.of("revoke", session, "--reason", "r", "--direct");
    }

    private static Run restore(String session) {
        return Run.of("restore", session, "--reason", "r", "--direct");
    }

    private void role(String name, String path) {
        clients.iam().createRole(role -> role.roleName(name).path(path).assumeRolePolicyDocument("""
                {"Version": "2012-10-17", "Statement": []}"""));
    }

    private Set<String> policies(String role) {
        return Set.copyOf(clients.iam()
                .listRolePolicies(request -> request.roleName(role))
                .policyNames());
    }

    private String document(String role, String policy) {
        return new SdkRolePolicies(clients.iam()).get(role, policy).orElseThrow();
    }

    private String status(String key) {
        return clients.iam().listAccessKeys(user -> user.userName("eve")).accessKeyMetadata().stream()
                .filter(each -> each.accessKeyId().equals(key))
                .findFirst()
                .orElseThrow()
                .statusAsString();
    }

    private static void keep(BackstopTable table, AgentSession session) {
        new DynamoSessionRegistry(table, InstantSource.system()).keep(session);
        timeline(table)
                .keep(
                        session.id(),
                        List.of(new TimelineEntry(
                                BEGAN,
                                TimelineEntry.Kind.ISSUED,
                                "sts-" + session.accessKeyId(),
                                "sts:AssumeRole",
                                session.roleArn(),
                                null,
                                null)));
    }

    private static DynamoTimeline timeline(BackstopTable table) {
        return new DynamoTimeline(table, InstantSource.system());
    }

    private static AgentSession session(String id, String role, String key, @Nullable String parent) {
        return new AgentSession(
                id,
                "arn:aws:iam::123456789012:role/" + role,
                id,
                "AROA1:" + id,
                key,
                null,
                "jordan",
                "checkout",
                BEGAN,
                parent);
    }

    private static TimelineEntry call(String id, String what, @Nullable String result, @Nullable Outliving made) {
        return new TimelineEntry(BEGAN.plusSeconds(60), TimelineEntry.Kind.CALL, id, what, "i-1", result, made);
    }
}
