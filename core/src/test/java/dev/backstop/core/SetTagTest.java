package dev.backstop.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetTagTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ec2    | CreateTags         | {\"resourcesSet\":{\"items\":[{\"resourceId\":\"sg-1\"}]},\"tagSet\":{\"items\":[{\"key\":\"backstop:exempt\",\"value\":\"2026-12-01\"}]}} | {} | sg-1",
                "ec2    | CreateSecurityGroup | {\"groupName\":\"web\",\"tagSpecificationSet\":{\"items\":[{\"resourceType\":\"security-group\",\"tags\":[{\"key\":\"backstop:exempt\",\"value\":\"2026-12-01\"}]}]}} | {\"groupId\":\"sg-1\"} | sg-1",
                "ec2    | RunInstances       | {\"tagSpecificationSet\":{\"items\":[{\"tags\":[{\"key\":\"backstop:exempt\",\"value\":\"2026-12-01\"}]}]}} | {\"instancesSet\":{\"items\":[{\"instanceId\":\"i-1\"},{\"instanceId\":\"i-2\"}]}} | i-2",
                "rds    | AddTagsToResource  | {\"resourceName\":\"arn:aws:rds:us-east-1:111122223333:db:shop\",\"tags\":[{\"key\":\"team\",\"value\":\"x\"},{\"key\":\"backstop:exempt\",\"value\":\"2026-12-01\"}]} | null | shop",
                "rds    | CreateDBInstance   | {\"dBInstanceIdentifier\":\"shop\",\"tags\":[{\"key\":\"backstop:exempt\",\"value\":\"2026-12-01\"}]} | null | shop",
                "lambda | TagResource20170331v2 | {\"resource\":\"arn:aws:lambda:us-east-1:111122223333:function:resize\",\"tags\":{\"backstop:exempt\":\"2026-12-01\"}} | null | resize",
                "s3     | PutBucketTagging   | {\"bucketName\":\"b\",\"Tagging\":{\"TagSet\":{\"Tag\":{\"Key\":\"backstop:exempt\",\"Value\":\"2026-12-01\"}}}} | null | b",
                "tagging | TagResources      | {\"resourceARNList\":[\"arn:aws:s3:::b\"],\"tags\":{\"backstop:exempt\":\"2026-12-01\"}} | null | b"
            })
    void isFoundWhateverTheServiceCallsIt(
            String service, String event, String request, String response, String resource) {
        List<SetTag> set = SetTag.of(Records.call(service, event, request, response), ExemptTag.KEY);
        assertTrue(set.contains(new SetTag(resource, "2026-12-01")), set::toString);
    }

    @Test
    void isNoneOfAnotherKeyOrOfACallThatFailed() {
        String request =
                "{\"resourcesSet\":{\"items\":[{\"resourceId\":\"sg-1\"}]},\"tagSet\":{\"items\":[{\"key\":\"KEY\",\"value\":\"x\"}]}}";
        CloudTrailRecord other = Records.call("ec2", "CreateTags", request.replace("KEY", "backstop:exemption"), "{}");
        assertEquals(List.of(), SetTag.of(other, ExemptTag.KEY));
        ObjectNode refused = Records.call("ec2", "CreateTags", request.replace("KEY", ExemptTag.KEY), "null")
                .json()
                .deepCopy();
        refused.put("errorCode", "Client.UnauthorizedOperation");
        assertEquals(List.of(), SetTag.of(CloudTrailRecord.of(refused, "test"), ExemptTag.KEY));
    }

    @Test
    void aValueThatTheRecordDoesNotShowIsUnknown() {
        List<SetTag> set = SetTag.of(
                Records.call("iam", "TagRole", "{\"roleName\":\"r\",\"tags\":[{\"key\":\"backstop:exempt\"}]}", "null"),
                ExemptTag.KEY);
        assertTrue(set.stream().anyMatch(tag -> tag.resource().equals("r") && Objects.isNull(tag.value())));
    }
}
