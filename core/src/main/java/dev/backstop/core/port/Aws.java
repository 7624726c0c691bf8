package dev.backstop.core.port;

/** What steps may read and change in one Region of one account. */
public interface Aws {
    SecurityGroups securityGroups();

    Instances instances();

    NetworkInterfaces networkInterfaces();

    InstanceProfiles instanceProfiles();

    Disks disks();

    RolePolicies rolePolicies();

    AccessKeys accessKeys();

    Databases databases();

    Buckets buckets();

    Functions functions();

    Watchers watchers();

    Tables tables();

    Roles roles();

    Attachments attachments();

    Users users();

    Tags tags();
}
