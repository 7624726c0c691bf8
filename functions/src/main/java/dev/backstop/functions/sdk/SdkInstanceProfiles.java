package dev.backstop.functions.sdk;

import dev.backstop.core.port.InstanceProfiles;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/** Instance profiles in EC2. */
public record SdkInstanceProfiles(Ec2Client ec2) implements InstanceProfiles {
    @Override
    public Optional<Association> of(String instanceId) {
        Filter instance = filter("instance-id", instanceId);
        // One that is being taken off is gone for us.
        Filter held = filter("state", "associating", "associated");
        return ec2
                .describeIamInstanceProfileAssociationsPaginator(request -> request.filters(instance, held))
                .iamInstanceProfileAssociations()
                .stream()
                .findFirst()
                .map(found -> new Association(
                        found.associationId(), found.iamInstanceProfile().arn()));
    }

    @Override
    public void associate(String instanceId, String profileArn) {
        ec2.associateIamInstanceProfile(
                request -> request.instanceId(instanceId).iamInstanceProfile(profile -> profile.arn(profileArn)));
    }

    @Override
    public void replace(String associationId, String profileArn) {
        ec2.replaceIamInstanceProfileAssociation(
                request -> request.associationId(associationId).iamInstanceProfile(profile -> profile.arn(profileArn)));
    }

    @Override
    public void disassociate(String associationId) {
        ec2.disassociateIamInstanceProfile(request -> request.associationId(associationId));
    }

    private static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }
}
