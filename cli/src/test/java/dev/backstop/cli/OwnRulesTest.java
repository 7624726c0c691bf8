package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's own rules, from the first record to the command that reads them all. */
final class OwnRulesTest {
    private static final String ID = "ingress-authorized";

    @TempDir
    Path folder;

    private Path rules;
    private Path cdk;

    @BeforeEach
    void configure() throws IOException {
        rules = Files.createDirectory(folder.resolve("my-rules"));
        cdk = Files.writeString(
                folder.resolve("cdk.json"), "{\"app\": \"x\", \"context\": {\"rulesDir\": \"my-rules\"}}");
    }

    @Test
    void aRuleFromARecordIsWholeAndHoldsWhatItPromises() {
        Run draft = draft(Json.write(Records.opened("e-1")), ID);
        assertEquals(0, draft.exit(), draft.err());
        assertFalse(draft.out().contains("but "), draft.out());
        Run trial = Run.of("rules", "test", "--config", cdk.toString());
        assertEquals(0, trial.exit(), trial.out() + trial.err());
        assertTrue(trial.out().contains("ok      ingress-authorized.yaml: 1 matched, 2 ignored"), trial.out());
        assertTrue(trial.out().contains("1 rule, 3 events as expected; none failed"), trial.out());
    }

    @Test
    void aPersonsRecordWillDoAsASample() {
        Run draft = draft(Json.write(Records.byHuman(Records.opened("e-1"))), ID);
        assertEquals(0, draft.exit(), draft.err());
        assertEquals(0, Run.of("rules", "test", "--config", cdk.toString()).exit());
    }

    @Test
    void itIsInForceWhereverTheCatalogueIs() {
        draft(Json.write(Records.opened("e-1")), ID);
        String read = Json.write(Records.opened("e-1")).replace("0.0.0.0/0", "10.0.0.0/8");
        assertTrue(Run.of("rules", "--config", cdk.toString()).out().contains("medium    " + ID));
        assertTrue(Run.with(read, "replay", "--json", "--config", cdk.toString(), "-")
                .out()
                .contains("\"rule\":\"" + ID + "\""));
        assertTrue(Run.with(read, "rules", "payload", "--config", cdk.toString(), "-")
                .out()
                .contains("\"rule\":\"" + ID + "\""));
        assertEquals("", Run.with(read, "replay", "--json", "-").out(), "and nowhere else");
    }

    @Test
    void aRuleOfTheSameIdStandsInThePlaceOfTheCatalogues() throws IOException {
        String id = "security-group-opened-to-world";
        Run refused = draft(Json.write(Records.opened("e-1")), id);
        assertEquals(2, refused.exit(), refused.out());
        assertTrue(refused.err().contains("choose another id, or say --replace"), refused.err());
        assertFalse(Files.exists(rules.resolve(id + ".yaml")), "what is refused writes nothing");
        Run draft = Run.with(
                Json.write(Records.opened("e-1")), "rules", "new", id, "--replace", "--config", cdk.toString());
        assertEquals(0, draft.exit(), draft.err());
        assertTrue(
                draft.out()
                        .replaceAll("\\s+", " ")
                        .contains("not the catalogue's any more, which is critical: alert, revert, revoke,"
                                + " with revoke-added-security-group-rules; this one is medium: alert"),
                draft.out());
        Path file = rules.resolve(id + ".yaml");
        Files.writeString(file, Files.readString(file).replace("severity: medium", "severity: info"));
        Run run = Run.with(Json.write(Records.opened("e-2")), "replay", "--json", "--config", cdk.toString(), "-");
        assertEquals(1, run.lines().size(), run.out());
        assertEquals("info", Json.read(run.out()).path("severity").asText());

        draft(Json.write(Records.opened("e-1")), ID);
        assertTrue(Run.of("rules", "test", "--config", cdk.toString())
                .out()
                .contains("in the place of the catalogue's: " + id + "\n"));
        String listed = Run.of("rules", "--config", cdk.toString()).out();
        assertEquals(1, listed.split("in the place of the catalogue's", -1).length - 1, listed);
        Run.of("rules", "--json", "--config", cdk.toString()).lines().stream()
                .map(Json::read)
                .forEach(rule -> assertEquals(
                        rule.path("id").asText().equals(id),
                        rule.path("replacesCatalogue").asBoolean()));
    }

    /** A rule over many calls is held to whole cases, and is in force in replays like any other. */
    @Test
    void aRuleWithAWindowIsHeldToCases() throws IOException {
        String id = "snapshots-in-a-row";
        Files.writeString(rules.resolve(id + ".yaml"), """
                id: snapshots-in-a-row
                title: Many snapshots in a row
                why: A retry that does not end, and each of them is paid for.
                category: cost
                severity: medium
                response: [alert]
                resource: {type: "AWS::IAM::Role", id: [userIdentity.sessionContext.sessionIssuer.arn]}
                window: {within: 1m, calls: 3}
                pattern:
                  source: [aws.ec2]
                  detail-type: [AWS API Call via CloudTrail]
                  detail: {eventName: [CreateSnapshot]}
                references: ["https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshot.html"]
                falsePositives: [A backup of many volumes.]
                """);
        Path matches = Files.createDirectories(rules.resolve(id).resolve("matches"));
        Path ignores = Files.createDirectories(rules.resolve(id).resolve("ignores"));
        String call = Json.write(Records.called("e-1", "ec2", "CreateSnapshot", "10:00:00Z", "{}", "{}"));
        Files.writeString(
                matches.resolve("three.jsonl"), "{\"repeat\": 3, \"everyMillis\": 20000, \"event\": " + call + "}\n");
        Files.writeString(
                ignores.resolve("slow.jsonl"), "{\"repeat\": 9, \"everyMillis\": 31000, \"event\": " + call + "}\n");

        Run trial = Run.of("rules", "test", "--config", cdk.toString());
        assertEquals(0, trial.exit(), trial.out() + trial.err());
        assertTrue(trial.out().contains("ok      snapshots-in-a-row.yaml: 1 matched, 1 ignored"), trial.out());
        Files.writeString(matches.resolve("two.jsonl"), "{\"repeat\": 2, \"event\": " + call + "}\n");
        Run failed = Run.of("rules", "test", "--config", cdk.toString());
        assertEquals(1, failed.exit());
        assertTrue(failed.out().contains("2 of 2 events count, which reaches not every limit"), failed.out());

        String three = call + "\n" + call.replace("e-1", "e-2") + "\n" + call.replace("e-1", "e-3");
        assertTrue(Run.with(three, "replay", "--json", "--config", cdk.toString(), "-")
                .out()
                .contains("\"rule\":\"snapshots-in-a-row\""));
    }

    @Test
    void whatFailsIsSaidInWords() throws IOException {
        draft(Json.write(Records.opened("e-1")), ID);
        Path events = rules.resolve(ID);
        ObjectNode failed = Records.opened("e-2").put("errorCode", "Client.DryRunOperation");
        Files.writeString(events.resolve("matches/failed.json"), Json.write(failed));
        Files.writeString(events.resolve("matches/person.json"), Json.write(Records.byHuman(Records.opened("e-3"))));
        Files.writeString(
                events.resolve("matches/other.json"),
                Json.write(Records.opened("e-4").put("eventName", "RunInstances")));
        Files.writeString(events.resolve("matches/broken.json"), "{");
        Files.writeString(events.resolve("ignores/same.json"), Json.write(Records.opened("e-5")));
        Run run = Run.of("rules", "test", rules.toString());
        assertEquals(1, run.exit());
        String said = run.out().replaceAll("\\s+", " ");
        for (String reason : List.of(
                "the call failed with Client.DryRunOperation",
                "the caller is no agent",
                "detail.eventName should be [\"AuthorizeSecurityGroupIngress\"] and is RunInstances",
                "it is not JSON",
                "it matches: make the pattern narrower",
                "1 rule, 3 events as expected; 1 failed")) {
            assertTrue(said.contains(reason), reason + "\n" + run.out());
        }
    }

    @Test
    void aRuleWithoutEventsIsNoRule() throws IOException {
        draft(Json.write(Records.opened("e-1")), ID);
        Files.delete(rules.resolve(ID + "/matches/by-agent.json"));
        Run run = Run.of("rules", "test", rules.toString());
        assertEquals(1, run.exit());
        assertTrue(run.out().contains("matches holds no event"), run.out());
    }

    @Test
    void aMistakeInARuleNamesFileAndKeyWhereverItIsRead() throws IOException {
        draft(Json.write(Records.opened("e-1")), ID);
        Path file = rules.resolve(ID + ".yaml");
        Files.writeString(file, Files.readString(file).replace("severity: medium", "severity: grave"));
        Run trial = Run.of("rules", "test", rules.toString());
        assertEquals(1, trial.exit());
        assertTrue(trial.out().replaceAll("\\s+", " ").contains("severity: expected one of"), trial.out());
        Run replay = Run.with(Json.write(Records.opened("e-1")), "replay", "--config", cdk.toString(), "-");
        assertEquals(2, replay.exit());
        assertTrue(replay.err().contains(ID + ".yaml: severity: expected one of"), replay.err());
    }

    @Test
    void nothingIsOverwrittenAndNothingGuessed() throws IOException {
        draft(Json.write(Records.opened("e-1")), ID);
        Run again = draft(Json.write(Records.opened("e-1")), ID);
        assertEquals(2, again.exit());
        assertTrue(again.err().contains("is there already"), again.err());
        Run nowhere = Run.with(Json.write(Records.opened("e-1")), "rules", "new", "some-rule");
        assertEquals(2, nowhere.exit());
        assertTrue(nowhere.err().contains("rulesDir: is not set: name --dir"), nowhere.err());
        assertEquals(2, draft(Json.write(Records.opened("e-1")), "../escape").exit());
        Files.createDirectory(folder.resolve("empty"));
        Files.writeString(cdk, "{\"context\": {\"rulesDir\": \"empty\"}}");
        for (String command : List.of("rules", "rules test")) {
            Run empty = Run.of((command + " --config " + cdk).split(" "));
            assertEquals(2, empty.exit(), empty.out());
            assertTrue(empty.err().contains("empty: folder: has no rule in it, a file ID.yaml"), empty.err());
        }
        Files.writeString(cdk, "{\"context\": {\"rulesDir\": \"not-there\"}}");
        Run missing = Run.of("rules", "--config", cdk.toString());
        assertEquals(2, missing.exit());
        assertTrue(missing.err().contains("context.rulesDir: names a folder that is not there"), missing.err());
    }

    private Run draft(String record, String id) {
        return Run.with(record, "rules", "new", id, "--config", cdk.toString());
    }
}
