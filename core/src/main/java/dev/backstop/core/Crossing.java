package dev.backstop.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * A call with which a session reached the limits of a window.
 *
 * @param cell which hour, or span as long as the window, counted from 1970
 * @param calls the calls in the window; the last is the one that crossed
 */
public record Crossing(WindowRule by, long cell, List<TimelineEntry> calls, Sum sum) {
    /** The call that crossed. */
    public TimelineEntry last() {
        return calls.getLast();
    }

    /** The one id of all crossings of a rule by a session in a cell, so that one of them is answered. */
    public String id(String sessionId) {
        String name = by.rule().id() + "\n" + sessionId + "\n" + cell;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /**
     * The crossing as what an EventBridge rule would have sent, had it matched: the rule says what was seen, the record is
     * of the call that crossed, with nothing of its request in it.
     */
    public Detection detection(AgentSession session) {
        return new Detection(
                by.rule().because("Seen " + words() + "."), CloudTrailRecord.of(record(session), "window"));
    }

    /** {@code from … to …: 10 calls of 3 services: ec2:DeleteVolume 9, …}. */
    public String words() {
        return "from " + calls.getFirst().at() + " to " + last().at() + ": " + sum.words(by.window());
    }

    private ObjectNode record(AgentSession session) {
        String call = last().what();
        String account = Resource.role(session.roleArn()).account();
        Marks marks = last().marks();
        ObjectNode json = Json.object();
        json.put("eventID", id(session.id()));
        json.put("eventTime", last().at().toString());
        json.put("eventSource", call.substring(0, call.indexOf(':')) + ".amazonaws.com");
        json.put("eventName", call.substring(call.indexOf(':') + 1));
        json.put("awsRegion", marks == null ? "us-east-1" : marks.region());
        json.put("recipientAccountId", account);
        ObjectNode caller = json.putObject("userIdentity");
        caller.put("type", "AssumedRole");
        caller.put("principalId", session.principalId());
        caller.put(
                "arn",
                session.roleArn().replaceFirst(":iam:", ":sts:").replaceFirst(":role/.*", ":assumed-role/")
                        + session.roleName() + "/" + session.name());
        caller.put("accountId", account);
        caller.put("accessKeyId", session.accessKeyId());
        ObjectNode context = caller.putObject("sessionContext");
        context.putObject("sessionIssuer")
                .put("type", "Role")
                .put("arn", session.roleArn())
                .put("userName", session.roleName());
        context.put("sourceIdentity", session.sourceIdentity());
        return json;
    }
}
