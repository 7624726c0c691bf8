package dev.backstop.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** Where a role may work, and on how large a machine an agent role, as denies. */
final class AgentLimits {
    private static final String INSTANCES = "arn:*:ec2:*:*:instance/*";

    /** Services with one endpoint for the whole world: their calls count as made in us-east-1. */
    private static final List<String> WITHOUT_REGIONS = List.of(
            "account:*",
            "budgets:*",
            "ce:*",
            "cloudfront:*",
            "globalaccelerator:*",
            "health:*",
            "iam:*",
            "networkmanager:*",
            "organizations:*",
            "pricing:*",
            "route53:*",
            "route53domains:*",
            "s3:GetBucketLocation",
            "s3:ListAllMyBuckets",
            "shield:*",
            "sts:*",
            "support:*",
            "trustedadvisor:*",
            "waf:*");

    private AgentLimits() {}

    /** See <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">aws:RequestedRegion</a>. */
    static PolicyStatement regions(List<String> allowed) {
        return PolicyStatement.Builder.create()
                .sid("OtherRegions")
                .effect(Effect.DENY)
                .notActions(WITHOUT_REGIONS)
                .resources(List.of("*"))
                .conditions(Map.of("StringNotEquals", Map.of("aws:RequestedRegion", allowed)))
                .build();
    }

    static List<PolicyStatement> instanceTypes(List<String> allowed) {
        PolicyStatement launch = deny("OtherInstanceTypes", "ec2:RunInstances")
                .resources(List.of(INSTANCES))
                .conditions(Map.of("StringNotLike", Map.of("ec2:InstanceType", allowed)))
                .build();
        PolicyStatement resize = deny("ResizingToOthers", "ec2:ModifyInstanceAttribute")
                .resources(List.of(INSTANCES))
                .conditions(Map.of(
                        // Of a call that changes another attribute the key is missing, and "not like" would match.
                        "Null", Map.of("ec2:Attribute/InstanceType", "false"),
                        "StringNotLike", Map.of("ec2:Attribute/InstanceType", allowed)))
                .build();
        PolicyStatement unseen = deny(
                        "UnseenInstanceTypes",
                        "ec2:CreateFleet",
                        "ec2:ModifyFleet",
                        "ec2:ModifySpotFleetRequest",
                        "ec2:RequestSpotFleet",
                        "ec2:RequestSpotInstances")
                .resources(List.of("*"))
                .build();
        return List.of(launch, resize, unseen);
    }

    private static PolicyStatement.Builder deny(String sid, String... actions) {
        return PolicyStatement.Builder.create().sid(sid).effect(Effect.DENY).actions(List.of(actions));
    }
}
