package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayTest {
    private static final Path TEST_EVENTS = Path.of(System.getProperty("backstop.root"), "test-events");

    @TempDir
    Path folder;

    @Test
    void aFindingHasTheFieldsOfTheContract() {
        Run run = Run.with(
                Json.write(Records.opened("e-1")) + "\n" + Json.write(Records.assumed()), "replay", "--json", "-");
        ObjectNode finding = (ObjectNode) Json.read(run.out());
        JsonNode kill = ((ArrayNode) finding.path("plan")).remove(1);
        assertEquals("revoke", kill.path("response").asText());
        assertEquals("iam:PutRolePolicy", kill.path("action").asText());
        assertEquals("AWS::IAM::Role", kill.path("resource").path("type").asText());
        assertTrue(kill.path("command").asText().startsWith("aws iam put-role-policy "), kill.toString());
        assertEquals(Json.read("""
                {"eventId": "e-1", "eventTime": "2026-11-20T10:54:06Z", "rule": "security-group-opened-to-world",
                 "severity": "critical", "response": ["alert", "revert", "revoke"], "softened": [],
                 "seen": null, "stoppedAt": null,
                 "session": {"id": "sess_a8f3b21c", "role": "arn:aws:iam::111122223333:role/agent-deploy-role",
                   "developer": "jordan", "project": "checkout"},
                 "resource": {"type": "AWS::EC2::SecurityGroup", "id": "sg-0a1", "region": "us-east-1",
                   "account": "111122223333"},
                 "plan": [{"response": "revert", "action": "ec2:RevokeSecurityGroupIngress",
                   "resource": {"type": "AWS::EC2::SecurityGroup", "id": "sg-0a1", "region": "us-east-1",
                     "account": "111122223333"},
                   "summary": "revoke sgr-0a1 (tcp 443 from 0.0.0.0/0) from sg-0a1",
                   "command": "aws ec2 revoke-security-group-ingress --region us-east-1 --group-id sg-0a1 --security-group-rule-ids sgr-0a1"}]}
                """), finding);
        assertEquals(0, run.exit(), run.err());
    }

    /** In one run, because each run loads the whole catalogue. */
    @Test
    void aKillThatWouldBeRefusedIsNotPromised() {
        String elsewhere = Json.write(Records.opened("e-1"))
                .replace("role/agent-deploy-role", "role/shared-role")
                .replace("assumed-role/agent-deploy-role", "assumed-role/shared-role")
                .replace("\"sessionContext\":{", "\"sessionContext\":{\"sourceIdentity\":\"sess_a8f3b21c\",");
        String why = "cannot revoke on role shared-role: it is no agent role";
        JsonNode plan =
                Json.read(Run.with(elsewhere, "replay", "--json", "-").out()).path("plan");
        assertEquals(2, plan.size(), plan.toString());
        assertEquals("revoke", plan.path(1).path("response").asText());
        assertTrue(plan.path(1).path("refused").asText().startsWith(why), plan.toString());
        String text = Run.with(elsewhere, "replay", "-").out();
        assertTrue(text.contains("would     not revoke: " + why), text);
    }

    @Test
    void everyTestEventIsFoundOrIgnoredAsItsFolderSays() throws IOException {
        List<Path> files;
        try (Stream<Path> walked = Files.walk(TEST_EVENTS, 3)) {
            files = walked.filter(file -> file.getParent().endsWith("matches")
                            || file.getParent().endsWith("ignores"))
                    .filter(file -> file.toString().endsWith(".json"))
                    .toList();
        }
        List<String> arguments = new ArrayList<>(List.of("replay", "--json"));
        files.forEach(file -> arguments.add(file.toString()));
        Set<String> found = new HashSet<>();
        for (String line : Run.of(arguments.toArray(String[]::new)).lines()) {
            JsonNode finding = Json.read(line);
            assertTrue(finding.path("plan").isArray(), line);
            found.add(finding.path("rule").asText() + " in "
                    + finding.path("eventId").asText());
        }
        for (Path file : files) {
            String event =
                    Json.read(Files.readString(file)).at("/detail/eventID").asText();
            Path rule = file.getParent().getParent().getFileName();
            assertEquals(file.getParent().endsWith("matches"), found.contains(rule + " in " + event), file.toString());
        }
    }

    @Test
    void anStsRecordThatComesLastStillNamesTheOwner() throws IOException {
        Files.writeString(folder.resolve("1.json"), Json.write(Records.opened("e-1")));
        Files.writeString(folder.resolve("2.json"), Json.write(Records.assumed()));
        assertTrue(Run.of("replay", "--json", folder.toString()).out().contains("\"developer\":\"jordan\""));
    }

    /** The record of the creation may stand after that of the deletion: files are in no order. */
    @Test
    void whatASessionCreatedItselfItMayDelete() {
        String deleted = Json.write(
                Records.called("e-3", "ec2", "DeleteVolume", "10:10:00Z", "{\"volumeId\":\"vol-1\"}", "null"));
        String created =
                Json.write(Records.called("e-1", "ec2", "CreateVolume", "10:05:00Z", "{}", "{\"volumeId\":\"vol-1\"}"));

        Run nameless = Run.with(deleted + "\n" + created, "replay", "--json", "-");
        assertEquals("high", Json.read(nameless.out()).path("severity").asText(), "anybody may be called so");

        String both = (deleted + "\n" + created)
                .replace("\"sessionContext\":{", "\"sessionContext\":{\"sourceIdentity\":\"sess_a8f3b21c\",");
        JsonNode own = Json.read(Run.with(both, "replay", "--json", "-").out());
        assertEquals("info", own.path("severity").asText());
        assertEquals(
                "the session deleted what it had created itself",
                own.path("softened").path(0).asText());
        Run run = Run.with(deleted + "\n" + created.replace("vol-1", "vol-2"), "replay", "--json", "-");
        assertEquals("high", Json.read(run.out()).path("severity").asText());
    }

    /** Whatever order the records are in, and though rules over many calls are found last. */
    @Test
    void findingsStandInTheOrderOfTime() {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String service = List.of("ec2", "rds", "s3").get(i % 3);
            String call =
                    List.of("DeleteVolume", "DeleteDBInstance", "DeleteBucket").get(i % 3);
            records.addFirst(Json.write(Records.called(
                    "e-" + i,
                    service,
                    call,
                    "10:00:%02dZ".formatted(i),
                    "{\"volumeId\":\"vol-1\",\"bucketName\":\"b\",\"dBInstanceIdentifier\":\"d\"}",
                    "{}")));
        }
        Run run = Run.with(String.join("\n", records), "replay", "--json", "-");
        List<JsonNode> found = run.lines().stream().map(Json::read).toList();
        List<String> times =
                found.stream().map(each -> each.path("eventTime").asText()).toList();
        assertEquals(times.stream().sorted().toList(), times);
        JsonNode many = found.stream()
                .filter(each -> each.path("rule").asText().equals("mass-deletion"))
                .findFirst()
                .orElseThrow();
        assertTrue(
                many.path("seen")
                        .asText()
                        .startsWith("from 2026-11-20T10:00:00Z to 2026-11-20T10:00:09Z: 10 calls of 3 services"),
                many.toString());
        assertTrue(found.indexOf(many) < found.size() - 1, "it stands among the others");
        String text = Run.with(String.join("\n", records), "replay", "-").out().replaceAll("\\s+", " ");
        assertTrue(text.contains("seen from 2026-11-20T10:00:00Z to 2026-11-20T10:00:09Z: 10 calls of 3"), text);
    }

    @Test
    void whatComesAfterTheSessionWouldHaveBeenStoppedIsMarked() {
        String later =
                Json.write(Records.opened("e-2", "sg-2", "sgr-2", "2026-11-20T11:00:00Z", "111122223333", "us-east-1"));
        String another = Json.write(
                        Records.opened("e-3", "sg-3", "sgr-3", "2026-11-20T11:30:00Z", "111122223333", "us-east-1"))
                .replace("sess_a8f3b21c", "sess_another");
        String all = later + "\n" + another + "\n" + Json.write(Records.opened("e-1"));
        List<String> stopped = Run.with(all, "replay", "--json", "-").lines().stream()
                .map(line -> Json.read(line).path("eventId").asText() + " "
                        + Json.read(line).path("stoppedAt").asText())
                .toList();
        assertEquals(List.of("e-1 null", "e-2 2026-11-20T10:54:06Z", "e-3 null"), stopped);
        String text = Run.with(all, "replay", "-").out();
        assertEquals(
                1,
                text.split("but       after the session would have been stopped at 2026-11-20T10:54:06Z", -1).length
                        - 1,
                text);
        assertTrue(text.contains("1 finding after the session would have been stopped: those calls would have"), text);
        assertFalse(text.contains("revoke sgr-2"), "nothing is undone of a call that is refused: " + text);
    }

    @Test
    void aReportIsWrittenOverNothingButAReport(@TempDir Path folder) throws IOException {
        Path records = folder.resolve("records.json");
        Files.writeString(records, Json.write(Records.opened("e-1")));
        Run run = Run.of("replay", "--report", records.toString(), records.toString());
        assertEquals(2, run.exit(), run.err());
        assertTrue(run.err().contains("is there already, and is no report"), run.err());
        assertEquals(Json.write(Records.opened("e-1")), Files.readString(records));
        String page = folder.resolve("page.html").toString();
        assertEquals(0, Run.of("replay", "--report", page, records.toString()).exit());
        assertEquals(0, Run.of("replay", "--report", page, records.toString()).exit(), "an earlier one");
    }

    @Test
    void whatOnlyAPersonCanDoIsNotPromised() {
        String deleted = Json.write(
                Records.called("e-1", "rds", "DeleteDBInstance", "10:00:00Z", """
                {"dBInstanceIdentifier":"orders","skipFinalSnapshot":true}""", "{\"engine\":\"postgres\"}"));
        String text = Run.with(deleted, "replay", "-").out();
        assertTrue(text.contains("would     leave to a person: restore database orders (postgres)"), text);
        assertTrue(text.contains("  1 page and 0 notifications, in 1 incident"), text);
    }

    /** As the deployed functions group and route: a page where nothing contains it, and nothing of what never happened. */
    @Test
    void itSaysWhatPeopleWouldHaveHeard() {
        String first = Json.write(Records.opened("e-1"));
        String again = first.replace("e-1", "e-2").replace("10:54:06", "10:55:06");
        String volume = Json.write(
                Records.called("e-3", "ec2", "DeleteVolume", "09:00:00Z", "{\"volumeId\":\"vol-1\"}", "null"));
        Run run = Run.with(String.join("\n", first, again, volume), "replay", "-");
        assertTrue(
                run.out()
                        .replaceAll("\\s+", " ")
                        .contains(" 0 pages and 2 notifications, in 1 incident (whose end is told besides);"
                                + " 0 findings only recorded "),
                run.out());
        assertTrue(
                run.out().indexOf("2  critical  security-group-opened-to-world")
                        < run.out().indexOf("1  high  volume-deleted"),
                run.out());
    }

    @Test
    void theEncryptionOfABucketOfItsOwnIsItsOwn() {
        String created =
                Json.write(Records.called("e-1", "s3", "CreateBucket", "10:05:00Z", "{\"bucketName\":\"b\"}", "null"));
        String removed = Json.write(
                Records.called("e-2", "s3", "DeleteBucketEncryption", "10:10:00Z", "{\"bucketName\":\"b\"}", "null"));
        String both = (removed + "\n" + created)
                .replace("us-east-1", "eu-west-1")
                .replace("\"sessionContext\":{", "\"sessionContext\":{\"sourceIdentity\":\"sess_a8f3b21c\",");
        JsonNode own = Json.read(Run.with(both, "replay", "--json", "-").out());
        assertEquals("encryption-default-disabled", own.path("rule").asText());
        assertEquals("low", own.path("severity").asText());
        String another = both.replaceFirst("\"bucketName\":\"b\"", "\"bucketName\":\"c\"");
        assertEquals(
                "high",
                Json.read(Run.with(another, "replay", "--json", "-").out())
                        .path("severity")
                        .asText());
    }

    @Test
    void ofAFolderOnlyWhatIsMeantIsRead() throws IOException {
        Files.createDirectories(folder.resolve("b/.hidden"));
        Files.writeString(folder.resolve("b/2.json"), Json.write(Records.opened("second")));
        Files.write(folder.resolve("a.json.gz"), ReplayFormsTest.gzip(Json.write(Records.opened("first"))));
        Files.writeString(folder.resolve("b/notes.txt"), "not JSON");
        Files.createDirectories(folder.resolve("AWSLogs/1/CloudTrail-Digest/eu-west-1"));
        Files.writeString(folder.resolve("AWSLogs/1/CloudTrail-Digest/eu-west-1/5.json"), "{\"awsAccountId\":\"1\"}");
        Files.writeString(folder.resolve("b/.3.json"), "not JSON");
        Files.writeString(folder.resolve("b/.hidden/4.json"), "not JSON");
        Run run = Run.of("replay", "--json", folder.toString());
        assertEquals(List.of("first", "second"), ids(run));
        assertEquals("", run.err());
    }

    @Test
    void aBrokenLineCostsItselfOnly() {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            lines.add(Json.write(Records.opened("e-" + i)));
        }
        lines.set(1, lines.get(1).substring(0, 100));
        lines.set(3, lines.get(3).replace(":true", ":tru"));
        Run run = Run.with(String.join("\n", lines), "replay", "--json", "-");
        assertEquals(List.of("e-1", "e-3", "e-5"), ids(run));
        assertEquals(2, run.complaints().size(), run.err());
        assertTrue(
                run.complaints().get(0).startsWith("standard input: record 2 (line 2): JSON: is cut off"), run.err());
        assertTrue(run.complaints().get(1).startsWith("standard input: record 4 (line 4): JSON: cannot be"), run.err());
        assertEquals(0, run.exit());
    }

    @Test
    void aBrokenItemOfAListCostsItselfOnly() {
        String broken = "[" + Json.write(Records.opened("e-1")) + ",{\"eventID\":tru},7,"
                + Json.write(Records.opened("e-2")) + "]";
        Run run = Run.with(broken, "replay", "--json", "-");
        assertEquals(List.of("e-1", "e-2"), ids(run), run.err());
        assertEquals(2, run.complaints().size(), run.err());
    }

    @Test
    void aCutOffLogFileGivesWhatIsWholeInIt() {
        ObjectNode log = Json.object();
        log.putArray("Records").add(Records.opened("e-1")).add(Records.opened("e-2"));
        String whole = log.toPrettyString();
        Run run = Run.with(whole.substring(0, whole.length() - 200), "replay", "--json", "-");
        assertEquals(List.of("e-1"), ids(run));
        assertEquals(1, run.complaints().size(), run.err());
        assertTrue(run.err().contains("record 2 (line ") && run.err().contains("is cut off"), run.err());
    }

    @Test
    void aCutOffGzipGivesWhatIsWholeInIt() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            text.append(Json.write(Records.opened("e-" + Math.floorMod(i * 7_919L * 104_729L, 1_000_003))))
                    .append('\n');
        }
        byte[] whole = ReplayFormsTest.gzip(text.toString());
        Run run = Run.with(java.util.Arrays.copyOf(whole, whole.length / 2), "replay", "--json", "-");
        assertTrue(run.lines().size() > 100, run.err());
        assertTrue(run.err().contains("is cut off"), run.err());
        assertEquals(0, run.exit());
    }

    @Test
    void forPeopleItFitsAHundredColumnsAndCounts() {
        Run run = Run.of(
                "replay", TEST_EVENTS.resolve("security-group-opened-to-world").toString());
        run.lines()
                .forEach(
                        line -> assertTrue(line.length() <= 100 || !line.strip().contains(" "), line));
        assertTrue(run.out().contains("By rule") && run.out().contains("By session"), run.out());
        assertTrue(run.out().matches("(?s).*\\d+ findings in \\d+ records of \\d+ files\\s*"), run.out());
    }

    @Test
    void valuesOfRecordsCannotSteerTheTerminal() {
        ObjectNode record = Records.opened("e");
        record.put("eventID", "e-\u001b[31m\u202e");
        Run run = Run.with(Json.write(record), "replay", "-");
        assertTrue(run.out().contains("e-?[31m?"), run.out());
    }

    @Test
    void failOnIsTheLeastSeverityThatFails() {
        String critical = Json.write(Records.opened("e-1"));
        assertEquals(1, Run.with(critical, "replay", "--fail-on", "high", "-").exit());
        assertEquals(
                1, Run.with(critical, "replay", "--fail-on", "critical", "-").exit());
        String nothing = Json.write(Records.byHuman(Records.opened("e-1")));
        assertEquals(0, Run.with(nothing, "replay", "--fail-on", "info", "-").exit());
    }

    @Test
    void theConfigurationCounts() throws IOException {
        Path cdk = Files.writeString(folder.resolve("cdk.json"), """
                {"app": "x", "context": {"allowedTcpPorts": [443], "@aws-cdk/core:some": true}}""");
        Path bare = Files.writeString(
                folder.resolve("bare.json"), "{\"agentRoles\": [\"bots/\"], \"agentSourceIdentities\": []}");
        String opened = Json.write(Records.opened("e-1"));
        assertEquals(List.of(), ids(Run.with(opened, "replay", "--json", "--config", cdk.toString(), "-")));
        assertEquals(List.of(), ids(Run.with(opened, "replay", "--json", "--config", bare.toString(), "-")));
    }

    private static List<String> ids(Run run) {
        return run.lines().stream()
                .map(line -> Json.read(line).path("eventId").asText())
                .toList();
    }
}
