package dev.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;

/** CloudTrail records for these tests. */
final class Records {
    private static final String ROLE = "arn:aws:iam::111122223333:role/agent-deploy-role";

    private Records() {}

    /** A group opened to the world on 443 by an agent. */
    static ObjectNode opened(String eventId) {
        return opened(eventId, "sg-0a1", "sgr-0a1", "2026-11-20T10:54:06Z", "111122223333", "us-east-1");
    }

    static ObjectNode opened(
            String eventId, String groupId, String ruleId, String time, String account, String region) {
        return object("""
                {"eventVersion": "1.10", "eventID": "%s", "eventTime": "%s", "eventType": "AwsApiCall",
                 "eventSource": "ec2.amazonaws.com", "eventName": "AuthorizeSecurityGroupIngress",
                 "awsRegion": "%s", "recipientAccountId": "%s", "userIdentity": %s,
                 "requestParameters": {"groupId": "%s", "ipPermissions": {"items": [{"ipProtocol": "tcp",
                   "fromPort": 443, "toPort": 443, "ipRanges": {"items": [{"cidrIp": "0.0.0.0/0"}]}}]}},
                 "responseElements": {"_return": true, "securityGroupRuleSet": {"items": [{"groupId": "%s",
                   "securityGroupRuleId": "%s", "isEgress": false, "ipProtocol": "tcp", "fromPort": 443,
                   "toPort": 443, "cidrIpv4": "0.0.0.0/0"}]}}}
                """.formatted(eventId, time, region, account, agent(account), groupId, groupId, ruleId));
    }

    /** The STS record of the session that {@link #opened} is called in. */
    static ObjectNode assumed() {
        return object("""
                {"eventVersion": "1.10", "eventID": "sts-1", "eventTime": "2026-11-20T10:00:00Z",
                 "eventSource": "sts.amazonaws.com", "eventName": "AssumeRole", "eventType": "AwsApiCall",
                 "awsRegion": "us-east-1", "recipientAccountId": "111122223333", "readOnly": true,
                 "userIdentity": {"type": "AWSService", "invokedBy": "agents.example.com"},
                 "requestParameters": {"roleArn": "%s", "roleSessionName": "sess_a8f3b21c",
                   "tags": [{"key": "agent-session", "value": "sess_a8f3b21c"}, {"key": "developer", "value": "jordan"},
                     {"key": "project", "value": "checkout"}]},
                 "responseElements": {"credentials": {"accessKeyId": "ASIAEXAMPLE000000001"},
                   "assumedRoleUser": {"assumedRoleId": "AROAEXAMPLE:sess_a8f3b21c"}}}
                """.formatted(ROLE));
    }

    /** Any call of the agent, on the day of the others. */
    static ObjectNode called(
            String eventId, String service, String call, String time, String request, String response) {
        return object("""
                {"eventVersion": "1.10", "eventID": "%s", "eventTime": "2026-11-20T%s", "eventType": "AwsApiCall",
                 "eventSource": "%s.amazonaws.com", "eventName": "%s", "awsRegion": "us-east-1", "readOnly": false,
                 "recipientAccountId": "111122223333", "userIdentity": %s, "requestParameters": %s,
                 "responseElements": %s}
                """.formatted(eventId, time, service, call, agent("111122223333"), request, response));
    }

    /** The same call by a person. */
    static ObjectNode byHuman(ObjectNode record) {
        ObjectNode human = record.deepCopy();
        human.put("eventID", record.path("eventID").asText() + "-human");
        human.set("userIdentity", object("""
                {"type": "IAMUser", "principalId": "AIDAEXAMPLE", "userName": "dana", "accountId": "111122223333",
                 "arn": "arn:aws:iam::111122223333:user/dana", "accessKeyId": "AKIAEXAMPLE000000001"}
                """));
        return human;
    }

    static ObjectNode object(String json) {
        return (ObjectNode) Json.read(json);
    }

    private static JsonNode agent(String account) {
        return object("""
                {"type": "AssumedRole", "principalId": "AROAEXAMPLE:sess_a8f3b21c", "accountId": "%1$s",
                 "arn": "arn:aws:sts::%1$s:assumed-role/agent-deploy-role/sess_a8f3b21c",
                 "accessKeyId": "ASIAEXAMPLE000000001",
                 "sessionContext": {"sessionIssuer": {"type": "Role", "arn": "arn:aws:iam::%1$s:role/agent-deploy-role",
                   "userName": "agent-deploy-role"}, "attributes": {"creationDate": "2026-11-20T10:00:00Z"}}}
                """.formatted(account));
    }
}
