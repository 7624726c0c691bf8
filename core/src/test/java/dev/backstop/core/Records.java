package dev.backstop.core;

import java.util.List;
import java.util.Set;

/** Records and findings for tests: the caller is the agent session of the examples unless said otherwise. */
public final class Records {
    public static final String ACCOUNT = "111122223333";
    public static final String ROLE = "arn:aws:iam::111122223333:role/agent-deploy-role";
    public static final String TIME = "2026-11-20T10:15:00Z";

    private Records() {}

    /** A successful call of the agent. */
    public static CloudTrailRecord call(String service, String name, String request, String response) {
        return record(service, name, request, response, TIME);
    }

    public static CloudTrailRecord record(String service, String name, String request, String response, String time) {
        String json = """
                {"eventVersion":"1.11","eventID":"e-%s","eventTime":"%s","eventSource":"%s.amazonaws.com",
                 "eventName":"%s","awsRegion":"us-east-1","recipientAccountId":"%s","userIdentity":%s,
                 "requestParameters":%s,"responseElements":%s}""".formatted(name, time, service, name, ACCOUNT, agent("sess_a8f3b21c"), request, response);
        return CloudTrailRecord.of(Json.read(json), "test");
    }

    /** The userIdentity of an agent session on {@link #ROLE}. */
    public static String agent(String session) {
        return """
                {"type":"AssumedRole","principalId":"AROAEXAMPLE:%1$s","accessKeyId":"ASIAEXAMPLE-%1$s",
                 "arn":"arn:aws:sts::111122223333:assumed-role/agent-deploy-role/%1$s","accountId":"111122223333",
                 "sessionContext":{"sourceIdentity":"%1$s","sessionIssuer":{"type":"Role","arn":"%2$s"}}}""".formatted(session, ROLE);
    }

    /** The STS record that issued an agent session, with its tags. */
    public static CloudTrailRecord issued(String session, String developer, String project) {
        return call("sts", "AssumeRole", """
                {"roleArn":"%2$s","roleSessionName":"%1$s","sourceIdentity":"%1$s","tags":[
                 {"key":"agent-session","value":"%1$s"},{"key":"developer","value":"%3$s"},
                 {"key":"project","value":"%4$s"}]}""".formatted(session, ROLE, developer, project), """
                {"credentials":{"accessKeyId":"ASIAEXAMPLE-%1$s","expiration":"Nov 20, 2026, 11:00:00 AM"},
                 "assumedRoleUser":{"assumedRoleId":"AROAEXAMPLE:%1$s",
                 "arn":"arn:aws:sts::111122223333:assumed-role/agent-deploy-role/%1$s"}}""".formatted(session));
    }

    /** The canary's dry run, as CloudTrail records it. */
    public static CloudTrailRecord heartbeat() {
        return CloudTrailRecord.of(Json.read("""
                {"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROACANARY:sess_heartbeat",
                 "arn":"arn:aws:sts::111122223333:assumed-role/backstop-canary/sess_heartbeat","accountId":"111122223333",
                 "accessKeyId":"ASIACANARY","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROACANARY",
                 "arn":"arn:aws:iam::111122223333:role/agents/backstop-canary","accountId":"111122223333",
                 "userName":"backstop-canary"},"attributes":{"creationDate":"2026-11-20T10:14:59Z",
                 "mfaAuthenticated":"false"},"sourceIdentity":"sess_heartbeat"}},"eventTime":"2026-11-20T10:15:00Z",
                 "eventSource":"ec2.amazonaws.com","eventName":"CreateSecurityGroup","awsRegion":"us-east-1",
                 "sourceIPAddress":"203.0.113.9","userAgent":"aws-sdk-java","errorCode":"Client.DryRunOperation",
                 "errorMessage":"Request would have succeeded, but DryRun flag is set.",
                 "requestParameters":{"groupName":"backstop-heartbeat","groupDescription":"A dry run"},
                 "responseElements":null,"requestID":"r-1","eventID":"e-heartbeat","readOnly":false,
                 "eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333",
                 "eventCategory":"Management"}"""), "test");
    }

    /** A rule that asks for the given responses; a remediation goes with revert. */
    public static Rule rule(String id, String remediation, Response... responses) {
        boolean reverts = Set.of(responses).contains(Response.REVERT);
        return new Rule(
                id,
                "Title of " + id,
                "Why it matters.",
                Category.EXPOSURE,
                Severity.HIGH,
                Set.of(responses),
                reverts ? remediation : null,
                "AWS::EC2::SecurityGroup",
                List.of("responseElements.securityGroupRuleSet.items.groupId", "requestParameters.instanceId"));
    }

    public static Finding finding(Rule rule, CloudTrailRecord record) {
        return new Finding(rule, record, AgentSelector.DEFAULT.session(record));
    }

    /** An Authorize call that added rules {@code {"securityGroupRuleId":…}}, given as the items' JSON. */
    public static CloudTrailRecord authorized(String items) {
        return call(
                "ec2",
                "AuthorizeSecurityGroupIngress",
                "{\"groupId\":\"sg-1\",\"ipPermissions\":{}}",
                "{\"_return\":true,\"securityGroupRuleSet\":{\"items\":" + items + "}}");
    }

    /** One item of such a response: a TCP port opened to a block. */
    public static String item(String ruleId, int port, String cidr) {
        return """
                {"securityGroupRuleId":"%s","groupId":"sg-1","isEgress":false,"ipProtocol":"tcp",
                 "fromPort":%d,"toPort":%d,"cidrIpv4":"%s"}""".formatted(ruleId, port, port, cidr);
    }
}
