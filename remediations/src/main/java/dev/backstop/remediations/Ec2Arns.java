package dev.backstop.remediations;

/** The resources of EC2 that permissions are limited to. Images and snapshots have no account in their ARN. */
final class Ec2Arns {
    static final String GROUP = "arn:${Partition}:ec2:${Region}:${Account}:security-group/*";
    static final String GROUP_RULE = "arn:${Partition}:ec2:${Region}:${Account}:security-group-rule/*";
    static final String PREFIX_LIST = "arn:${Partition}:ec2:${Region}:${Account}:prefix-list/*";
    static final String INSTANCE = "arn:${Partition}:ec2:${Region}:${Account}:instance/*";
    static final String INTERFACE = "arn:${Partition}:ec2:${Region}:${Account}:network-interface/*";
    static final String IMAGE = "arn:${Partition}:ec2:${Region}::image/*";
    static final String SNAPSHOT = "arn:${Partition}:ec2:${Region}::snapshot/*";

    private Ec2Arns() {}
}
