package dev.backstop.core.memory;

import dev.backstop.core.port.Aws;

/** One Region of an account in memory. */
public record LocalAws(
        LocalSecurityGroups securityGroups,
        LocalInstances instances,
        LocalNetworkInterfaces networkInterfaces,
        LocalInstanceProfiles instanceProfiles,
        LocalDisks disks,
        LocalRolePolicies rolePolicies,
        LocalAccessKeys accessKeys,
        LocalDatabases databases,
        LocalBuckets buckets,
        LocalFunctions functions,
        LocalWatchers watchers,
        LocalTables tables,
        LocalRoles roles,
        LocalAttachments attachments,
        LocalUsers users,
        LocalTags tags)
        implements Aws {
    /** An empty Region. */
    public LocalAws() {
        this(
                new LocalSecurityGroups(),
                new LocalInstances(),
                new LocalNetworkInterfaces(),
                new LocalInstanceProfiles(),
                new LocalDisks(),
                new LocalRolePolicies(),
                new LocalAccessKeys(),
                new LocalDatabases(),
                new LocalBuckets(),
                new LocalFunctions(),
                new LocalWatchers(),
                new LocalTables(),
                new LocalRoles(),
                new LocalAttachments(),
                new LocalUsers(),
                new LocalTags());
    }
}
