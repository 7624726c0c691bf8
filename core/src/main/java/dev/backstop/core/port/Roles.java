package dev.backstop.core.port;

import java.util.List;
import java.util.Optional;

/** IAM roles. */
public interface Roles {
    /** The role of that name, whatever its path; empty when it is not there. */
    Optional<Role> named(String roleName);

    /** The role's trust policy as JSON; empty when the role is not there. */
    Optional<String> trust(String roleName);

    /** All roles of the account whose path begins so: {@code /} for all. */
    List<Role> under(String pathPrefix);

    /**
     * One role.
     *
     * @param arn with its path
     * @param id {@code AROA…}, which begins the {@code aws:userid} of its sessions
     */
    record Role(String arn, String id) {
        /** The role's name: the last part of its ARN. */
        public String name() {
            return arn.substring(arn.lastIndexOf('/') + 1);
        }
    }
}
