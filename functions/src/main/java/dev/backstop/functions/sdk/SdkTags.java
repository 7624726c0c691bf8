package dev.backstop.functions.sdk;

import dev.backstop.core.Remediation.Permission;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Tags;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/**
 * Tags as the services themselves tell them. The Resource Groups Tagging API would be one call for all, of another
 * client, and catches up with a new tag some time later.
 */
public record SdkTags(SdkClients clients) implements Tags {
    /** What the methods need. */
    public static final Set<Permission> PERMISSIONS = Set.of(
            new Permission("ec2:DescribeTags", "*"),
            new Permission("s3:GetBucketTagging", "arn:${Partition}:s3:::*"),
            new Permission("rds:ListTagsForResource", "arn:${Partition}:rds:${Region}:${Account}:db:*"),
            new Permission("lambda:ListTags", "arn:${Partition}:lambda:${Region}:${Account}:function:*"));

    private static final Set<String> NOT_THERE = Set.of(
            "NoSuchBucket",
            "NoSuchTagSet",
            "DBInstanceNotFound",
            "DBInstanceNotFoundFault",
            "ResourceNotFoundException");

    @Override
    public Map<String, String> of(Resource resource) {
        try {
            return switch (resource.type()) {
                case "AWS::S3::Bucket" -> ofBucket(resource.id());
                case "AWS::RDS::DBInstance" -> ofDatabase(arn("rds", resource, "db:" + resource.id()));
                case "AWS::Lambda::Function" -> {
                    String name = resource.id().replaceFirst(".*:function:", "").replaceFirst(":.*", "");
                    yield clients.lambda()
                            .listTags(request -> request.resource(arn("lambda", resource, "function:" + name)))
                            .tags();
                }
                default -> resource.type().startsWith("AWS::EC2::") ? ofEc2(resource.id()) : Map.of();
            };
        } catch (AwsServiceException e) {
            if (ErrorCode.isOneOf(e, NOT_THERE)) {
                return Map.of();
            }
            throw e;
        }
    }

    private Map<String, String> ofEc2(String id) {
        Filter named = Filter.builder().name("resource-id").values(id).build();
        return clients.ec2().describeTagsPaginator(request -> request.filters(named)).tags().stream()
                .collect(Collectors.toMap(TagDescription::key, TagDescription::value));
    }

    private Map<String, String> ofBucket(String name) {
        return clients.s3().getBucketTagging(request -> request.bucket(name)).tagSet().stream()
                .collect(Collectors.toMap(tag -> tag.key(), tag -> tag.value()));
    }

    private Map<String, String> ofDatabase(String arn) {
        return clients.rds().listTagsForResource(request -> request.resourceName(arn)).tagList().stream()
                .collect(Collectors.toMap(tag -> tag.key(), tag -> tag.value()));
    }

    private String arn(String service, Resource resource, String rest) {
        String partition = clients.region().metadata().partition().id();
        return "arn:" + partition + ":" + service + ":" + resource.region() + ":" + resource.account() + ":" + rest;
    }
}
