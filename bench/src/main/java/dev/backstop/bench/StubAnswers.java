package dev.backstop.bench;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a minimal AWS answers to the calls that the respond function makes; of its state it knows which groups are mended. */
final class StubAnswers {
    private static final Pattern GROUP = Pattern.compile("sg-[0-9a-f]+");
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");
    private static final String EC2 = "http://ec2.amazonaws.com/doc/2016-11-15/";
    private static final String SESSION = """
            {"Responses":{"backstop":[{"pk":{"S":"KEY#ASIA"},"sk":{"S":"SESSION"},"session":{"S":"{\\"id\\":\
            \\"sess_a8f3b21c\\",\\"roleArn\\":\\"arn:aws:iam::111122223333:role/agent-deploy-role\\",\\"name\\":\
            \\"sess_a8f3b21c\\",\\"developer\\":\\"jordan\\",\\"project\\":\\"payments-api\\",\\"startedAt\\":\
            \\"2026-11-20T10:00:00Z\\"}"}}]},"UnprocessedKeys":{}}""";
    private static final String REVOKED = """
            {"eventId":"e","rule":"security-group-opened-to-world","action":"revoke","step":"deny the session\
             everything","status":"applied","before":"no deny","after":"denied","verified":true,"message":"done",\
            "command":null}""";

    private final Set<String> mended = ConcurrentHashMap.newKeySet();

    /** An answer's body, and the call it answers, for counting. */
    record Answer(String call, String body) {}

    /** @param target the header that JSON protocols name their operation in; empty for the others */
    Answer to(String path, String target, String body) {
        if (path.contains("/functions/")) {
            return new Answer("lambda:InvokeFunction", REVOKED);
        }
        return target.isEmpty() ? query(body) : json(target.substring(target.indexOf('.') + 1));
    }

    private static Answer json(String operation) {
        return switch (operation) {
            case "BatchGetItem" -> new Answer("dynamodb:BatchGetItem", SESSION);
            case "GetItem" -> new Answer("dynamodb:GetItem", "{\"Item\":{\"all\":{\"S\":\"enforce\"}}}");
            case "UpdateItem" -> new Answer("dynamodb:UpdateItem", "{\"Attributes\":{\"pk\":{\"S\":\"ACTION\"}}}");
            case "PutEvents" -> new Answer("events:PutEvents", "{\"FailedEntryCount\":0,\"Entries\":[]}");
            default -> throw new IllegalArgumentException("no answer for " + operation);
        };
    }

    private Answer query(String body) {
        Matcher action = ACTION.matcher(body);
        String operation = action.find() ? action.group(1) : "";
        return switch (operation) {
            case "DescribeSecurityGroupRules" -> new Answer("ec2:" + operation, rules(group(body)));
            case "RevokeSecurityGroupIngress" -> {
                mended.add(group(body));
                yield new Answer(
                        "ec2:" + operation,
                        "<" + operation + "Response xmlns=\"" + EC2 + "\"><return>true</return></" + operation
                                + "Response>");
            }
            case "Publish" ->
                new Answer(
                        "sns:Publish",
                        "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
                                + "<MessageId>1</MessageId></PublishResult></PublishResponse>");
            default -> throw new IllegalArgumentException("no answer for " + operation);
        };
    }

    /** Three rules of people's, and until it is revoked the one that the agent added. */
    private String rules(String group) {
        String added = mended.contains(group) ? "" : rule(group, Violation.ruleOf(group), false, 443, "0.0.0.0/0");
        return "<DescribeSecurityGroupRulesResponse xmlns=\"" + EC2 + "\"><securityGroupRuleSet>"
                + rule(group, "sgr-01", false, 22, "10.0.0.0/8")
                + rule(group, "sgr-02", false, 5432, "10.20.0.0/16")
                + rule(group, "sgr-03", true, -1, "0.0.0.0/0")
                + added
                + "</securityGroupRuleSet></DescribeSecurityGroupRulesResponse>";
    }

    private static String rule(String group, String id, boolean egress, int port, String cidr) {
        return "<item><securityGroupRuleId>" + id + "</securityGroupRuleId><groupId>" + group
                + "</groupId><groupOwnerId>111122223333</groupOwnerId><isEgress>" + egress
                + "</isEgress><ipProtocol>tcp</ipProtocol><fromPort>" + port + "</fromPort><toPort>" + port
                + "</toPort><cidrIpv4>" + cidr + "</cidrIpv4></item>";
    }

    private static String group(String body) {
        Matcher group = GROUP.matcher(body);
        if (!group.find()) {
            throw new IllegalArgumentException("no group in " + body);
        }
        return group.group();
    }
}
