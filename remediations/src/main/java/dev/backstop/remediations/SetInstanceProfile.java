package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.InstanceProfiles;
import dev.backstop.core.port.InstanceProfiles.Association;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Puts an instance's profile back to what it was.
 *
 * @param from the ARN of the profile that the call left, or {@link #NONE}
 * @param to the ARN of the one before, or {@link #NONE}
 * @param mayPassRoles whether a profile may be put on, and not only taken off
 */
record SetInstanceProfile(Resource resource, String from, String to, boolean mayPassRoles)
        implements Step<Optional<Association>> {
    static final String NONE = "none";

    @Override
    public String action() {
        return to.equals(NONE)
                ? "ec2:DisassociateIamInstanceProfile"
                : from.equals(NONE) ? "ec2:AssociateIamInstanceProfile" : "ec2:ReplaceIamInstanceProfileAssociation";
    }

    @Override
    public String summary() {
        return "change the instance profile of " + resource.id() + " from " + from + " back to " + to;
    }

    /** The association's id may be another one by now, so the command looks it up. */
    @Override
    public String command() {
        String profile = Command.line("Arn=" + to);
        String here = Command.line("--region", resource.region());
        if (from.equals(NONE)) {
            return "aws ec2 associate-iam-instance-profile " + here + " " + Command.line("--instance-id", resource.id())
                    + " --iam-instance-profile " + profile;
        }
        String id = "\"$(aws ec2 describe-iam-instance-profile-associations " + here + " "
                + Command.line("--filters", "Name=instance-id,Values=" + resource.id())
                + " --query 'IamInstanceProfileAssociations[0].AssociationId' --output text)\"";
        return to.equals(NONE)
                ? "aws ec2 disassociate-iam-instance-profile " + here + " --association-id " + id
                : "aws ec2 replace-iam-instance-profile-association " + here + " --association-id " + id
                        + " --iam-instance-profile " + profile;
    }

    @Override
    public Optional<Association> read(Aws aws) {
        return aws.instanceProfiles().of(resource.id());
    }

    @Override
    public Comparison compare(Optional<Association> live) {
        Comparison comparison =
                ChangeBack.compare(live.map(Association::profileArn).orElse(NONE), from, to);
        boolean wanting = comparison instanceof Comparison.AsExpected && !to.equals(NONE) && !mayPassRoles;
        return wanting
                ? new Comparison.MustNot("putting a profile on needs iam:PassRole, which is not granted for this")
                : comparison;
    }

    @Override
    public void apply(Aws aws, Optional<Association> live) {
        InstanceProfiles profiles = aws.instanceProfiles();
        if (live.isEmpty()) {
            profiles.associate(resource.id(), to);
        } else if (to.equals(NONE)) {
            profiles.disassociate(live.get().id());
        } else {
            profiles.replace(live.get().id(), to);
        }
    }

    @Override
    public List<Step<?>> again(Optional<Association> found) {
        String chosen = found.map(Association::profileArn).orElse(NONE);
        return List.of(new SetInstanceProfile(resource, to, chosen, mayPassRoles));
    }

    @Override
    public String show(Optional<Association> state) {
        return state.map(Association::profileArn).orElse("no profile");
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(10);
    }
}
