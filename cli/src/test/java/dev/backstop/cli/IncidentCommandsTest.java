package dev.backstop.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.core.Json;
import dev.backstop.functions.sdk.StubbedAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands about incidents as they ask the deployed functions, and what they make of the answers. */
final class IncidentCommandsTest {
    private static final String LAMBDA = "aws.endpointUrlLambda";
    private static final String INCIDENT = """
            "id": "inc-0123456789", "state": "open", "openedAt": "2026-11-25T10:00:00Z",
            "lastAt": "2026-11-25T10:30:00Z", "session": {"id": "sess_1", "developer": "jordan", "project": null,
            "role": "arn:aws:iam::123456789012:role/agent-x"}, "findings": 42, "told": 2, "severity": "critical",
            "urgency": "page", "what": "41 x bucket-deleted on b, 1 x bucket-deleted on c\"""";

    @RegisterExtension
    private final WireMockExtension lambda = StubbedAws.server();

    private final LocalAccount account = LocalAccount.open();

    @BeforeEach
    void useTheStub() {
        System.setProperty(LAMBDA, lambda.baseUrl());
    }

    @AfterEach
    void leaveIt() {
        System.clearProperty(LAMBDA);
        account.close();
    }

    @Test
    void incidentsAreListed() {
        answer("sessions", "{\"incidents\": [{" + INCIDENT + "}]}");
        Run run = Run.of("incidents", "--since", "7d");
        assertEquals(0, run.exit(), run.err());
        asked("sessions", "{\"incidents\": {\"hours\": 168}}");
        assertTrue(
                run.lines().get(1).matches("inc-0123456789  open +critical +sess_1 +jordan +11-25 10:30 +42 +2"),
                run.out());
        assertTrue(run.lines().stream().allMatch(line -> line.length() <= 100), run.out());
        Run machine = Run.of("incidents", "--json");
        assertEquals("inc-0123456789", Json.read(machine.out()).path("id").asText());
        answer("sessions", "{\"incidents\": []}");
        assertEquals(
                "No incident is open, and none was closed in that time.\n",
                Run.of("incidents").out());
    }

    @Test
    void anIncidentShowsWhatWasDoneAndTheTimeline() {
        answer("sessions", "{" + INCIDENT + """
                , "list": [{"key": "e-1#bucket-deleted", "at": "2026-11-25T10:00:00Z", "rule": "bucket-deleted",
                  "severity": "critical", "urgency": "page", "resource": {"id": "b\\u001b[2J"}, "ends": "refused",
                  "toldAt": "2026-11-25T10:00:04Z", "outcomes": [{"step": "describe b", "status": "refused",
                  "verified": false, "message": "it is gone", "before": "versioned", "after": null}]},
                 {"key": "e-2#bucket-deleted", "at": "2026-11-25T10:00:01Z", "rule": "bucket-deleted", "severity": "high",
                  "urgency": "notify", "resource": {"id": "c"}, "ends": "", "toldAt": null}],
                 "timeline": [{"at": "2026-11-25T10:00:00Z", "kind": "call", "id": "e-1", "what": "s3:DeleteBucket",
                  "on": "b", "result": null}]}""");
        Run run = Run.of("incident", "inc-0123456789");
        assertEquals(0, run.exit(), run.err());
        asked("sessions", "{\"incident\": \"inc-0123456789\"}");
        for (String part : new String[] {
            "incident inc-0123456789, open",
            "bucket-deleted on b?[2J, page at 2026-11-25T10:00:04Z: refused",
            "refused: describe b",
            "before: versioned",
            "bucket-deleted on c, counted",
            "s3:DeleteBucket on b"
        }) {
            assertTrue(run.out().contains(part), part + "\n" + run.out());
        }
    }

    @Test
    void keysAreForWhatIsRestored() {
        Run run = Run.of("resolve", "inc-0123456789", "--keys", "--reason", "a drill");
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("resolve: --keys: is for what --restore lets go on"), run.err());
    }

    @Test
    void resolveClosesAndSaysWhatIsLeft() {
        answer("restore", "{\"status\": \"resolved\", \"dryRun\": false, \"incident\": {" + INCIDENT + """
                }, "revoked": true, "restored": [], "reverted": [{"rule": "r", "resource": "sg-1", "step": "revoke sgr-1",
                 "before": "tcp 443", "after": null, "event": "e-1", "command": "aws cloudtrail lookup-events"}]}""");
        Run run = Run.of("resolve", "inc-0123456789", "--false-positive", "--reason", "a drill", "--operator", "maria");
        assertEquals(0, run.exit(), run.err());
        asked("restore", """
                {"resolve": "inc-0123456789", "falsePositive": true, "restore": false, "keys": false,
                 "reason": "a drill", "operator": "maria", "dryRun": false}""");
        assertTrue(run.out().contains("still revoked. Let it go on: backstop restore sess_1 --reason …"), run.out());
        assertTrue(run.lines().contains("  aws cloudtrail lookup-events"), run.out());
        assertTrue(run.out().contains("backstop exempt sess_1 --for 2h --reason …"), run.out());
    }

    @Test
    void whatIsPutBackIsSaidAndWhatDriftWouldUndoAgain() {
        answer("restore", "{\"status\": \"resolved\", \"dryRun\": false, \"incident\": {" + INCIDENT + """
                }, "revoked": false, "restored": [], "again": [{"eventId": "e", "rule": "operator", "action": "revert",
                 "step": "put back tcp 443 into sg-1", "status": "applied", "verified": true, "message": "done",
                 "before": "no ingress rules", "after": "tcp 443"}], "reverted": [
                 {"rule": "r", "resource": "sg-1", "step": "revoke sgr-1", "before": "tcp 443", "again": true, "approved": true,
                  "event": "e-1", "command": "aws cloudtrail lookup-events"},
                 {"rule": "r", "resource": "i-1", "step": "terminate i-1", "before": "running", "again": false,
                  "approved": false, "event": "e-2", "command": "aws cloudtrail lookup-events e-2"}]}""");
        Run run = Run.of("resolve", "inc-0123456789", "--restore", "--reason", "wanted", "--operator", "maria");
        assertEquals(0, run.exit(), run.err());
        assertTrue(run.out().contains("put back tcp 443 into sg-1"), run.out());
        assertTrue(run.out().contains("read back: tcp 443"), run.out());
        assertTrue(run.lines().contains("  backstop baseline approve sg-1 --reason …"), run.out());
        assertFalse(run.out().contains("revoke sgr-1"), run.out());
        assertTrue(run.lines().contains("  aws cloudtrail lookup-events e-2"), run.out());
    }

    @Test
    void whatCouldNotBePutBackIsExitOneAndWhatCouldBeIsOffered() {
        String undone = """
                "reverted": [{"rule": "r", "resource": "sg-1", "step": "revoke sgr-1", "before": "tcp 443", "again": true,
                  "approved": false, "event": "e-1", "command": "aws cloudtrail lookup-events"}]}""";
        answer("restore", "{\"status\": \"resolved\", \"dryRun\": false, \"incident\": {" + INCIDENT + """
                }, "revoked": false, "restored": [], "again": [{"eventId": "e", "rule": "operator", "action": "revert",
                 "step": "put back tcp 443 into sg-1", "status": "refused", "verified": false, "message": "the group is gone",
                 "command": "aws ec2 authorize-security-group-ingress"}],""" + undone);
        Run run = Run.of("resolve", "inc-0123456789", "--restore", "--reason", "wanted", "--operator", "maria");
        assertEquals(1, run.exit(), run.out());
        assertTrue(run.out().contains("aws ec2 authorize-security-group-ingress"), run.out());

        answer("restore", "{\"status\": \"resolved\", \"dryRun\": false, \"incident\": {" + INCIDENT + """
                }, "revoked": false, "restored": [], "again": [],""" + undone);
        Run without = Run.of("resolve", "inc-0123456789", "--reason", "wanted", "--operator", "maria");
        assertTrue(without.lines().contains("  backstop resolve inc-0123456789 --restore --reason …"), without.out());
    }

    @Test
    void aSessionThatCouldNotBeLetGoOnIsExitOne() {
        answer("restore", "{\"status\": \"resolved\", \"dryRun\": false, \"incident\": {" + INCIDENT + """
                }, "revoked": true, "restored": [{"eventId": "e", "rule": "operator", "action": "revoke", "step": "lift",
                 "status": "failed", "verified": false, "message": "AccessDenied"}], "reverted": []}""");
        assertEquals(
                1, Run.of("resolve", "sess_1", "--restore", "--reason", "r").exit());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sess_a8f3b21c                                      |          | session
            bucket-deleted                                     |          | rule
            sg-0123456789abcdef0                               |          | resource
            i-0123456789abcdef0                                |          | resource
            arn:aws:s3:::my-bucket                             |          | resource
            111122223333/us-east-1/AWS::S3::Bucket/my-bucket   |          | resource
            arn:aws:sts::111122223333:assumed-role/agent-x/s   |          | session
            my-bucket                                          |          | session
            my-bucket                                          | resource | resource
            """)
    void exemptTellsWhatIsMeant(String text, String as, String kind) {
        answer("restore", """
                {"status": "made", "dryRun": false, "exemption": {"id": "ex-0123456789", "kind": "rule", "of": "x",
                 "from": "2026-11-25T10:00:00Z", "until": "2026-11-25T12:00:00Z", "operator": "maria", "reason": "r"}}""");
        Run run = as == null
                ? Run.of("exempt", text, "--for", "2h", "--reason", "r", "--operator", "maria")
                : Run.of("exempt", text, "--as", as, "--for", "2h", "--reason", "r", "--operator", "maria");
        assertEquals(0, run.exit(), run.err());
        asked(
                "restore",
                "{\"exempt\": {\"" + kind + "\": \"" + text + "\"}, \"minutes\": 120, \"reason\": \"r\","
                        + " \"operator\": \"maria\", \"dryRun\": false}");
        assertEquals(
                "exempt until 2026-11-25T12:00:00Z: rule x (ex-0123456789)",
                run.lines().getFirst());
    }

    /** A user's own rules are in force as the catalogue's are. */
    @Test
    void exemptKnowsTheRulesOfTheConfiguration(@TempDir Path folder) throws IOException {
        Path cdk = Files.writeString(folder.resolve("cdk.json"), "{\"rulesDir\": \"rules\"}");
        Path rules = Files.createDirectory(folder.resolve("rules"));
        String record = Json.write(Records.opened("e-1"));
        assertEquals(
                0,
                Run.with(record, "rules", "new", "ingress-opened", "--dir", rules.toString())
                        .exit());
        answer("restore", """
                {"status": "made", "dryRun": false, "exemption": {"id": "ex-0123456789", "kind": "rule", "of": "x",
                 "from": "2026-11-25T10:00:00Z", "until": "2026-11-25T12:00:00Z", "operator": "maria", "reason": "r"}}""");
        Run run = Run.of(
                "exempt",
                "ingress-opened",
                "--for",
                "2h",
                "--reason",
                "r",
                "--operator",
                "maria",
                "--config",
                cdk.toString());
        assertEquals(0, run.exit(), run.err());
        asked("restore", """
                {"exempt": {"rule": "ingress-opened"}, "minutes": 120, "reason": "r", "operator": "maria",
                 "dryRun": false}""");
    }

    @Test
    void exemptionsAreListedAndEnded() {
        answer("sessions", """
                {"exemptions": [{"id": "ex-0123456789", "kind": "rule", "of": "bucket-deleted", "reason": "moving",
                 "from": "2026-11-25T10:00:00Z", "until": "2026-11-25T12:00:00Z", "operator": "maria"}]}""");
        assertEquals(
                "ex-0123456789  rule bucket-deleted until 2026-11-25T12:00:00Z, by maria: moving\n",
                Run.of("exempt", "--list").out());
        answer("restore", """
                {"status": "ended", "dryRun": true, "exemption": {"id": "ex-0123456789", "kind": "rule", "of": "x",
                 "from": "2026-11-25T10:00:00Z", "until": "2026-11-25T11:00:00Z", "operator": "maria", "reason": "r"}}""");
        Run run = Run.of("exempt", "--end", "ex-0123456789", "--reason", "done", "--operator", "maria", "--dry-run");
        assertEquals("would be ended: rule x (ex-0123456789)\n", run.out(), run.err());
        asked("restore", """
                {"endExemption": "ex-0123456789", "reason": "done", "operator": "maria", "dryRun": true}""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            exempt                                            | give one of the three: what to exempt, --list, or --end
            exempt sess_1 --list                              | give one of the three
            exempt --end foo --reason r                       | id is ex- and ten hexadecimal digits, as backstop exempt
            exempt sess_1 --reason r                          | --for: value: is to be given: from 1m to 3d, such as 30m
            exempt sess_1 --for 4d --reason r                 | --for: value: is from 1m to 3d, such as 30m, 2h or 1d
            exempt bucket-deletd --for 2h --reason r          | is not a rule: did you mean bucket-deleted? If a session is
            exempt bucket-deletd --as rule --for 2h --reason r | is not a rule: did you mean bucket-deleted?
            exempt refused-again-and-again --for 2h --reason r | is a rule of category guardrails, which nothing silences
            resolve inc-bogus --reason r                      | an incident's id is inc- and ten hexadecimal digits
            incident inc-01234567890                          | an incident's id is inc- and ten hexadecimal digits
            exempt sess_1 --for 2h                            | --reason: value: is missing
            exempt access-key-created --for 2h --reason r     | is a rule of category identity, which nothing silences
            exempt trail-stopped --for 2h --reason r          | is a rule of category guardrails, which nothing silences
            exempt no-rule --as rule --for 2h --reason r      | is not a rule
            resolve inc-0123456789                            | --reason: value: is missing
            incidents --since 91d                             | --since: value: is from 1h to 90d: for 90 days
            mode enforce --rule bucket-deletd                 | --rule: bucket-deletd: is not a rule: did you mean bucket-d
            mode enforce --rule something-else                | is not a rule: backstop rules lists them
            incidents --since 5                               | expected a number and s, m, h or d
            """)
    void whatIsWrongIsSaidBeforeAnybodyIsAsked(String command, String complaint) {
        Run run = Run.of(command.strip().split(" "));
        assertEquals(2, run.exit(), run.out());
        assertTrue(run.err().contains(complaint), run.err());
        assertEquals(0, lambda.getAllServeEvents().size());
    }

    private void answer(String function, String json) {
        lambda.stubFor(post(urlEqualTo(path(function))).willReturn(okJson(json)));
    }

    private void asked(String function, String payload) {
        lambda.verify(postRequestedFor(urlEqualTo(path(function))).withRequestBody(equalToJson(payload)));
    }

    private static String path(String function) {
        return "/2015-03-31/functions/backstop-" + function + "%3Alive/invocations";
    }
}
