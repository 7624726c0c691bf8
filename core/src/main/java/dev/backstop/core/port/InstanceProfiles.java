package dev.backstop.core.port;

import java.util.Optional;

/** Which IAM instance profile an instance has, and with it which role what runs on it may use. */
public interface InstanceProfiles {
    /** The association of an instance, if it has one. */
    Optional<Association> of(String instanceId);

    /** Gives an instance without a profile one. Fails when it has one. */
    void associate(String instanceId, String profileArn);

    /** Puts another profile into an association. */
    void replace(String associationId, String profileArn);

    /** Takes the profile from its instance. Fails when the association is gone. */
    void disassociate(String associationId);

    /** A profile on an instance; replacing the profile may change the id. */
    record Association(String id, String profileArn) {}
}
