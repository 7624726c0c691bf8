package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileTest {
    private static final String GOOD = """
            id: bucket-deleted
            title: Bucket deleted
            why: It may have held the backups.
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
                "why: It may have held the backups. | why: ''   | why: is missing",
                "severity: high          | severity: hihg       | severity: expected one of [info, low",
                "response: [alert]       | response: [alart]    | response: expected one of",
                "response: [alert]       | response: [revoke]   | response: every rule alerts",
                "response: [alert]       | response: [alert, revert] | remediation: goes with response revert",
                "severity: high          | severity: {a: b}     | severity: is missing: expected a string",
                "source: [aws.s3]        | source: [my.app]     | pattern.source: expected a list of AWS's own",
                "source: [aws.s3]        | other: [aws.s3]      | pattern.source: expected",
                "type: AWS::S3::Bucket   | typ: x               | resource.typ: is not a key",
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
                "eventName: [DeleteBucket] | eventName: [LONG]                | characters with the agent selector"
            })
    void aPatternThatEventBridgeWouldRefuseIsRefused(String text, String mistake, String error) {
        String bad = GOOD.replace(text.strip(), mistake.strip().replace("LONG", "x".repeat(2_000)));
        BadInputException thrown =
                assertThrows(BadInputException.class, () -> RuleBook.of(List.of(read(bad)), Configuration.DEFAULT));
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.startsWith("catalog/bucket-deleted.yaml: "), message);
        assertTrue(message.contains(error.strip()), message);
    }

    private static RuleDefinition read(String yaml) throws IOException {
        return RuleFile.read(
                new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)),
                "catalog/bucket-deleted.yaml",
                TestRemediations.IDS);
    }
}
