package dev.backstop.remediations;

import dev.backstop.core.Remediation.Permission;
import java.util.Map;
import java.util.Set;

/** What stopping and starting an instance takes. */
final class RestartPermissions {
    /**
     * Whoever starts an instance with an encrypted volume must be allowed to have EC2 use the volume's key; see <a
     * href="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html">the requirements</a>. Without
     * that EC2 takes the call, and the instance stops again at once.
     */
    private static final Permission DECRYPTING = new Permission(
            "kms:CreateGrant",
            Set.of("arn:${Partition}:kms:${Region}:${Account}:key/*"),
            Map.of("kms:ViaService", "ec2.${Region}.amazonaws.com"));

    static final Set<Permission> ALL = Set.of(
            new Permission("ec2:DescribeInstances", "*"),
            new Permission("ec2:StopInstances", Ec2Arns.INSTANCE),
            new Permission("ec2:StartInstances", Ec2Arns.INSTANCE),
            DECRYPTING);

    private RestartPermissions() {}
}
