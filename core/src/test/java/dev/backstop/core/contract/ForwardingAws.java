package dev.backstop.core.contract;

import dev.backstop.core.port.AccessKeys;
import dev.backstop.core.port.Attachments;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Buckets;
import dev.backstop.core.port.Databases;
import dev.backstop.core.port.Disks;
import dev.backstop.core.port.Functions;
import dev.backstop.core.port.InstanceProfiles;
import dev.backstop.core.port.Instances;
import dev.backstop.core.port.NetworkInterfaces;
import dev.backstop.core.port.RolePolicies;
import dev.backstop.core.port.Roles;
import dev.backstop.core.port.SecurityGroups;
import dev.backstop.core.port.Tables;
import dev.backstop.core.port.Tags;
import dev.backstop.core.port.Users;
import dev.backstop.core.port.Watchers;

/** An AWS that is another one, but for what a test overrides. */
public interface ForwardingAws extends Aws {
    Aws real();

    @Override
    default SecurityGroups securityGroups() {
        return real().securityGroups();
    }

    @Override
    default Instances instances() {
        return real().instances();
    }

    @Override
    default NetworkInterfaces networkInterfaces() {
        return real().networkInterfaces();
    }

    @Override
    default InstanceProfiles instanceProfiles() {
        return real().instanceProfiles();
    }

    @Override
    default Disks disks() {
        return real().disks();
    }

    @Override
    default RolePolicies rolePolicies() {
        return real().rolePolicies();
    }

    @Override
    default AccessKeys accessKeys() {
        return real().accessKeys();
    }

    @Override
    default Databases databases() {
        return real().databases();
    }

    @Override
    default Buckets buckets() {
        return real().buckets();
    }

    @Override
    default Functions functions() {
        return real().functions();
    }

    @Override
    default Watchers watchers() {
        return real().watchers();
    }

    @Override
    default Tables tables() {
        return real().tables();
    }

    @Override
    default Roles roles() {
        return real().roles();
    }

    @Override
    default Attachments attachments() {
        return real().attachments();
    }

    @Override
    default Tags tags() {
        return real().tags();
    }

    @Override
    default Users users() {
        return real().users();
    }
}
