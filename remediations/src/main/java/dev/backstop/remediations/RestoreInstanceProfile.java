package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives an instance back the profile it had before one AssociateIamInstanceProfile, ReplaceIamInstanceProfileAssociation
 * or DisassociateIamInstanceProfile call; see <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IamInstanceProfileAssociation.html">the
 * association</a>. Putting a profile on needs iam:PassRole for its role; taking one off needs nothing of the kind, and is
 * a remediation of its own for those who do not want to grant that.
 */
final class RestoreInstanceProfile implements Remediation {
    private final boolean mayPassRoles;

    RestoreInstanceProfile(boolean mayPassRoles) {
        this.mayPassRoles = mayPassRoles;
    }

    @Override
    public String id() {
        return mayPassRoles ? "restore-instance-profile" : "detach-instance-profile";
    }

    /** An instance that gets one by Associate had none, and the answer to Disassociate names the one it had. */
    @Override
    public Set<Resource> needs(Finding finding) {
        CloudTrailRecord record = finding.record();
        return record.eventName().startsWith("Replace")
                ? instance(record).map(Set::of).orElse(Set.of())
                : Set.of();
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        Optional<Resource> instance = instance(record);
        String arn = Json.text(association(record).path("iamInstanceProfile"), "arn");
        if (instance.isEmpty() || arn == null) {
            return new Plan.Refused(
                    "the record does not say which profile the call put on which instance, or took off");
        }
        return switch (record.eventName()) {
            case "AssociateIamInstanceProfile" -> step(instance.get(), arn, SetInstanceProfile.NONE);
            case "DisassociateIamInstanceProfile" -> step(instance.get(), SetInstanceProfile.NONE, arn);
            default -> {
                JsonNode former = InstanceRecords.former(instance.get(), prior).path("iamInstanceProfile");
                String was = former.isNull() ? SetInstanceProfile.NONE : Json.text(former, "arn");
                yield was == null
                        ? new Plan.Refused("prior state unknown: nothing says which profile "
                                + instance.get().id() + " had before the call")
                        : step(instance.get(), arn, was);
            }
        };
    }

    @Override
    public Set<Permission> permissions() {
        Set<Permission> all = new HashSet<>(Set.of(
                new Permission("ec2:DescribeIamInstanceProfileAssociations", "*"),
                new Permission("ec2:DisassociateIamInstanceProfile", Ec2Arns.INSTANCE)));
        if (mayPassRoles) {
            all.add(new Permission("ec2:AssociateIamInstanceProfile", Ec2Arns.INSTANCE));
            all.add(new Permission("ec2:ReplaceIamInstanceProfileAssociation", Ec2Arns.INSTANCE));
            all.add(new Permission(
                    "iam:PassRole",
                    Set.of("arn:${Partition}:iam::${Account}:role/*"),
                    Map.of("iam:PassedToService", "ec2.amazonaws.com")));
        }
        return Set.copyOf(all);
    }

    private Plan step(Resource instance, String from, String to) {
        return new Plan.Steps(List.of(new SetInstanceProfile(instance, from, to, mayPassRoles)));
    }

    private static Optional<Resource> instance(CloudTrailRecord record) {
        return Optional.ofNullable(Json.text(association(record), "instanceId"))
                .map(id -> InstanceRecords.instance(record, id));
    }

    /** In the response, under the call's own name. */
    private static JsonNode association(CloudTrailRecord record) {
        JsonNode response = record.response();
        JsonNode named = response.path(record.eventName() + "Response");
        return (named.isMissingNode() ? response : named).path("iamInstanceProfileAssociation");
    }
}
