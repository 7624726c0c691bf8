package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.BadInputException;
import dev.backstop.core.Window;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleFileTest {
    private static final String GOOD = """
            id: bucket-deleted
            title: Bucket deleted
            why: It may have held the backups.
            category: destruction
            severity: high
            response: [alert]
            resource:
              type: AWS::S3::Bucket
              id: [requestParameters.bucketName]
            pattern:
              source: [aws.s3]
              detail:
                eventName: [DeleteBucket]
            references: [https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html]
            falsePositives: [None known.]
            """;

    @Test
    void aGoodFileIsRead() throws IOException {
        assertEquals("bucket-deleted", read(GOOD).id());
    }

    /** Each row replaces some text of the good file, and names the key that the error must name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id: bucket-deleted      | id: other            | id: other is not the name of its file",
                "title: Bucket deleted   | titel: Bucket        | titel: is not a key of a rule",
                "title: Bucket deleted   | title: a <b>         | title: may not contain <",
                "why: It may            | said: a <b>\\nwhy: It may | said: may not contain <",
                "why: It may            | said: deleted one of the buckets that this long account has had for years\\nwhy: It may | said: at most 60",
                "why: It may have held the backups. | why: ''   | why: is missing",
                "category: destruction   | ''                   | category: is missing: expected a string",
                "category: destruction   | category: deletion   | category: expected one of [destruction, cost, exposure",
                "severity: high          | severity: hihg       | severity: expected one of [info, low",
                "response: [alert]       | response: [alart]    | response: expected one of",
                "response: [alert]       | response: [revoke]   | response: every rule alerts",
                "response: [alert]       | response: [alert, revert] | remediation: goes with response revert",
                "severity: high          | severity: {a: b}     | severity: is missing: expected a string",
                "source: [aws.s3]        | source: [my.app]     | pattern.source: expected a list of AWS's own",
                "source: [aws.s3]        | other: [aws.s3]      | pattern.source: expected",
                "type: AWS::S3::Bucket   | typ: x               | resource.typ: is not a key",
                "requestParameters.bucketName | requestParameters..name | resource.id: requestParameters..name leads nowhere",
                "requestParameters.bucketName | request.bucketName  | resource.id: request.bucketName leads nowhere",
                "eventName: [DeleteBucket]    | evntName: [x]       | pattern.detail.evntName: is no field of a CloudTrail",
                "eventName: [DeleteBucket]    | $or: [{eventNam: [x]}] | pattern.detail.eventNam: is no field",
                "falsePositives: [None known.] | falsePositives: []  | falsePositives: is missing",
                "id: bucket-deleted      | id: [                | line",
                "severity: high          | severity: high\\nseverity: low | Duplicate field 'severity'",
                "references:             | readOnly: perhaps\\nreferences: | readOnly: expected true or false"
            })
    void aMistakeIsAnErrorThatNamesFileAndKey(String text, String mistake, String error) {
        String bad = GOOD.replace(text.strip(), mistake.strip().replace("\\n", "\n"));
        BadInputException thrown = assertThrows(BadInputException.class, () -> read(bad));
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.startsWith("catalog/bucket-deleted.yaml: "), message);
        assertTrue(message.contains(error.strip()), message);
    }

    /** Each row is the window's keys. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "within: 5m                   | window: sets no limit",
                "calls: 10                    | window.within: is missing",
                "within: 5 minutes\\ncalls: 10  | window.within: expected a span such as 90s",
                "within: 13h\\ncalls: 10       | window: within: from a second to twelve hours",
                "within: 5m\\ncalls: 1         | window: calls: one call is no window",
                "within: 5m\\ncalls: 2\\nservices: 3 | window: calls: one call is no window, and 2",
                "within: 5m\\ncalls: -3        | window.calls: expected a whole number above 0",
                "within: 5m\\ncalls: many      | window.calls: expected a whole number above 0",
                "within: 5m\\ncals: 10         | window.cals: is not a key of a rule",
                "within: 5m\\ncalls: 10\\nsparesOwn: perhaps | window.sparesOwn: expected true or false"
            })
    void anImpossibleWindowIsAnErrorThatNamesFileAndKey(String window, String error) {
        String keys = "window:\n  " + window.strip().replace("\\n", "\n  ") + "\npattern:";
        BadInputException thrown =
                assertThrows(BadInputException.class, () -> read(GOOD.replace("pattern:", keys)), window);
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.startsWith("catalog/bucket-deleted.yaml: "), message);
        assertTrue(message.contains(error.strip()), message);
    }

    @Test
    void aWindowIsReadAndUndoesNothing() throws IOException {
        String windowed = GOOD.replace("pattern:", "window: {within: 90s, calls: 10, services: 2}\npattern:");
        RuleDefinition read = read(windowed.replace("source: [aws.s3]", "source: [{prefix: aws.}]"));
        assertEquals(new Window(Duration.ofSeconds(90), 10, 2, 0, 0, 0, false), read.window());
        String reverts = windowed.replace(
                "response: [alert]", "response: [alert, revert]\nremediation: delete-created-security-group");
        String message = String.valueOf(
                assertThrows(BadInputException.class, () -> read(reverts)).getMessage());
        assertTrue(message.contains("remediation: "), message);
    }

    @Test
    void anUnknownRemediationIsNamedWithThoseThereAre() {
        String bad = GOOD.replace("response: [alert]", "response: [alert, revert]\nremediation: undelete");
        BadInputException thrown = assertThrows(BadInputException.class, () -> read(bad));
        assertTrue(String.valueOf(thrown.getMessage()).contains("remediation: unknown: undelete; there are "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eventName: [DeleteBucket] | eventName: DeleteBucket          | pattern: EventBridge would refuse it",
                "eventName: [DeleteBucket] | eventName: [{sufix: x}]          | pattern: EventBridge would refuse it",
                "eventName: [DeleteBucket] | eventName: ['${unknown}']        | pattern: unknown placeholder",
                "eventName: [DeleteBucket] | userIdentity: {arn: [x]}         | pattern.detail.userIdentity",
                "eventName: [DeleteBucket] | eventName: [{wildcard: '*:a*'}, {wildcard: '*:b*'}, {wildcard: '*:c*'}] | wildcards too complex",
                "eventName: [DeleteBucket] | eventName: [LONG]                | characters with the agent selector"
            })
    void aPatternThatEventBridgeWouldRefuseIsRefused(String text, String mistake, String error) {
        String bad = GOOD.replace(text.strip(), mistake.strip().replace("LONG", "x".repeat(2_000)));
        BadInputException thrown =
                assertThrows(BadInputException.class, () -> RuleBook.of(List.of(read(bad)), Configuration.DEFAULT));
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.startsWith("catalog/bucket-deleted.yaml: "), message);
        assertTrue(message.contains(error.strip()), message);
        assertTrue(message.length() < 200, message);
    }

    /** A bus takes 30 rules with wildcards, and others may be on it. */
    @ParameterizedTest
    @CsvSource({"25, true", "26, false"})
    void noMoreRulesWithWildcardsThanTheBusHasRoomFor(int rules, boolean fine) throws IOException {
        List<RuleDefinition> wild = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            String id = "bucket-deleted-" + i;
            wild.add(read(
                    GOOD.replace("id: bucket-deleted", "id: " + id)
                            .replace("[DeleteBucket]", "[{wildcard: 'Delete*'}]"),
                    "catalog/" + id + ".yaml"));
        }
        if (fine) {
            assertEquals(
                    25, RuleBook.of(wild, Configuration.DEFAULT).definitions().size());
            return;
        }
        BadInputException thrown =
                assertThrows(BadInputException.class, () -> RuleBook.of(wild, Configuration.DEFAULT));
        assertTrue(String.valueOf(thrown.getMessage()).contains("wildcard in more than 25 rules"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket-deleted.yml", "bucket-deleted.YAML"})
    void aFileWithAnotherEndingIsRefusedRatherThanPassedOver(String name, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve(name), GOOD);
        BadInputException thrown =
                assertThrows(BadInputException.class, () -> Catalogue.fromFolder(folder, TestRemediations.IDS));
        assertTrue(String.valueOf(thrown.getMessage()).contains("which is to be bucket-deleted.yaml"));
    }

    private static RuleDefinition read(String yaml) throws IOException {
        return read(yaml, "catalog/bucket-deleted.yaml");
    }

    private static RuleDefinition read(String yaml, String file) throws IOException {
        return RuleFile.read(
                new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), file, TestRemediations.IDS);
    }
}
