package dev.backstop.cli.oncall;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event history in memory, which names of STS calls the things that the real one names: the issued key, the session's ARN,
 * its {@code AROA…:name}, its name, and the role.
 */
final class Trail implements EventHistory {
    static final String ACCOUNT = "123456789012";
    static final String ROLE = "arn:aws:iam::123456789012:role/agents/deploy";
    static final String OTHER = "arn:aws:iam::123456789012:role/Deployer";
    static final Instant TEN = Instant.parse("2026-11-25T10:00:00Z");

    private final List<CloudTrailRecord> records = new ArrayList<>();
    int questions;

    /** Credentials of a role, issued to whom a key belongs. */
    Trail issued(String roleArn, String name, @Nullable String identity, String key, String by, Instant at) {
        String role = roleArn.substring(roleArn.lastIndexOf('/') + 1);
        return add("""
                {"eventVersion":"1.11","eventID":"sts-%3$s","eventTime":"%6$s","eventSource":"sts.amazonaws.com",
                 "eventName":"AssumeRole","awsRegion":"eu-west-1","recipientAccountId":"123456789012","readOnly":true,
                 "userIdentity":{"type":"AssumedRole","accessKeyId":"%5$s","principalId":"AROAVENDOR:vendor",
                   "arn":"arn:aws:sts::123456789012:assumed-role/vendor/vendor"},
                 "requestParameters":{"roleArn":"%1$s","roleSessionName":"%2$s","sourceIdentity":%4$s,
                   "tags":[{"key":"developer","value":"jordan"},{"key":"project","value":"checkout"}]},
                 "responseElements":{"credentials":{"accessKeyId":"%3$s"},"assumedRoleUser":{
                   "assumedRoleId":"AROA%7$s:%2$s","arn":"arn:aws:sts::123456789012:assumed-role/%8$s/%2$s"}}}
                """.formatted(
                        roleArn,
                        name,
                        key,
                        identity == null ? "null" : '"' + identity + '"',
                        by,
                        at,
                        role.toUpperCase(Locale.ROOT),
                        role));
    }

    /** A call that a session made. */
    Trail call(
            String roleArn,
            String name,
            @Nullable String identity,
            String key,
            String call,
            String request,
            Instant at) {
        String role = roleArn.substring(roleArn.lastIndexOf('/') + 1);
        String[] service = call.split(":", 2);
        return add("""
                {"eventVersion":"1.11","eventID":"%1$s-%2$s","eventTime":"%3$s","eventSource":"%4$s.amazonaws.com",
                 "eventName":"%5$s","awsRegion":"eu-west-1","recipientAccountId":"123456789012",
                 "userIdentity":{"type":"AssumedRole","accessKeyId":"%2$s","principalId":"AROA%6$s:%7$s",
                   "arn":"arn:aws:sts::123456789012:assumed-role/%8$s/%7$s","sessionContext":{"sourceIdentity":%9$s,
                   "sessionIssuer":{"type":"Role","arn":"%10$s"}}},%11$s}
                """.formatted(
                        service[1] + at.getEpochSecond(),
                        key,
                        at,
                        service[0],
                        service[1],
                        role.toUpperCase(Locale.ROOT),
                        name,
                        role,
                        identity == null ? "null" : '"' + identity + '"',
                        roleArn,
                        request));
    }

    private Trail add(String record) {
        records.add(CloudTrailRecord.of(Json.read(record), "test"));
        return this;
    }

    @Override
    public List<CloudTrailRecord> find(By attribute, String value, Instant since) {
        questions++;
        return records.stream()
                .filter(record -> !record.eventTime().isBefore(since))
                .filter(record -> switch (attribute) {
                    case ACCESS_KEY_ID -> value.equals(record.caller().accessKeyId());
                    case USERNAME -> value.equals(record.caller().sessionName());
                    case RESOURCE_NAME -> resources(record).contains(value);
                })
                .sorted(Comparator.comparing(CloudTrailRecord::eventTime).reversed())
                .toList();
    }

    private static List<String> resources(CloudTrailRecord record) {
        List<String> names = new ArrayList<>();
        names.addAll(Json.values(record.response(), "credentials.accessKeyId"));
        names.addAll(Json.values(record.response(), "assumedRoleUser.assumedRoleId"));
        names.addAll(Json.values(record.response(), "assumedRoleUser.arn"));
        names.addAll(Json.values(record.request(), "roleSessionName"));
        names.addAll(Json.values(record.request(), "roleArn"));
        names.removeIf(Objects::isNull);
        return names;
    }
}
