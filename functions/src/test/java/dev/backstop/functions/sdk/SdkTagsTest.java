package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.Remediation.Permission;
import dev.backstop.core.Resource;
import dev.backstop.core.contract.TagsContract;
import dev.backstop.core.port.Tags;
import dev.backstop.functions.MotoServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** Tags over the SDK. */
class SdkTagsTest extends TagsContract {
    private final SdkClients clients = MotoServer.fresh().clients();

    @Override
    protected Tags tags() {
        return new SdkTags(clients);
    }

    @Override
    protected String make(String type, Map<String, String> tags) {
        String name = "made-" + UUID.randomUUID().toString().substring(0, 8);
        return switch (type) {
            case "AWS::EC2::SecurityGroup" ->
                tagged(
                        clients.ec2()
                                .createSecurityGroup(
                                        request -> request.groupName(name).description(name))
                                .groupId(),
                        tags);
            case "AWS::EC2::Instance" ->
                tagged(
                        clients.ec2()
                                .runInstances(request -> request.imageId("ami-12c6146b")
                                        .instanceType(InstanceType.T3_MICRO)
                                        .minCount(1)
                                        .maxCount(1))
                                .instances()
                                .getFirst()
                                .instanceId(),
                        tags);
            case "AWS::S3::Bucket" -> bucket(name, tags);
            case "AWS::RDS::DBInstance" -> database(name, tags);
            default -> function(name, tags);
        };
    }

    @Test
    void declaresWhatItCalls() {
        List<String> called = SeenCalls.during(() -> Stream.of(
                                "AWS::EC2::SecurityGroup",
                                "AWS::S3::Bucket",
                                "AWS::RDS::DBInstance",
                                "AWS::Lambda::Function",
                                "AWS::IAM::Role")
                        .forEach(type -> tags().of(new Resource(type, "gone-0123456789", REGION, ACCOUNT))))
                .calls();
        assertEquals(
                SdkTags.PERMISSIONS.stream().map(Permission::action).collect(Collectors.toSet()), Set.copyOf(called));
    }

    private String tagged(String id, Map<String, String> tags) {
        List<Tag> all = tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        if (!all.isEmpty()) {
            clients.ec2().createTags(request -> request.resources(id).tags(all));
        }
        return id;
    }

    private String bucket(String name, Map<String, String> tags) {
        clients.s3().createBucket(request -> request.bucket(name));
        if (!tags.isEmpty()) {
            var all = tags.entrySet().stream()
                    .map(tag -> software.amazon.awssdk.services.s3.model.Tag.builder()
                            .key(tag.getKey())
                            .value(tag.getValue())
                            .build())
                    .toList();
            clients.s3().putBucketTagging(request -> request.bucket(name).tagging(set -> set.tagSet(all)));
        }
        return name;
    }

    private String database(String name, Map<String, String> tags) {
        var all = tags.entrySet().stream()
                .map(tag -> software.amazon.awssdk.services.rds.model.Tag.builder()
                        .key(tag.getKey())
                        .value(tag.getValue())
                        .build())
                .toList();
        clients.rds().createDBInstance(request -> request.dbInstanceIdentifier(name)
                .dbInstanceClass("db.t3.micro")
                .engine("postgres")
                .allocatedStorage(20)
                .tags(all));
        return name;
    }

    private String function(String name, Map<String, String> tags) {
        clients.iam().createRole(request -> request.roleName(name).assumeRolePolicyDocument("{\"Statement\":[]}"));
        String role =
                clients.iam().getRole(request -> request.roleName(name)).role().arn();
        clients.lambda().createFunction(request -> request.functionName(name)
                .runtime(Runtime.PYTHON3_12)
                .role(role)
                .handler("index.handler")
                .code(code -> code.zipFile(SdkBytes.fromByteArray(new byte[] {'P', 'K', 5, 6})))
                .tags(tags));
        return name;
    }
}
