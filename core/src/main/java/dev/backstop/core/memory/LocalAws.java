package dev.backstop.core.memory;

import dev.backstop.core.port.Aws;

/** One Region of an account in memory. */
public record LocalAws(
        LocalSecurityGroups securityGroups,
        LocalInstances instances,
        LocalRolePolicies rolePolicies,
        LocalAccessKeys accessKeys)
        implements Aws {
    /** An empty Region. */
    public LocalAws() {
        this(new LocalSecurityGroups(), new LocalInstances(), new LocalRolePolicies(), new LocalAccessKeys());
    }
}
