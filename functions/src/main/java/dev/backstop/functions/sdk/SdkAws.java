package dev.backstop.functions.sdk;

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

/** One Region of an account, as the given clients reach it. */
public record SdkAws(SdkClients clients) implements Aws {
    @Override
    public SecurityGroups securityGroups() {
        return new SdkSecurityGroups(clients.ec2());
    }

    @Override
    public Instances instances() {
        return new SdkInstances(clients.ec2());
    }

    @Override
    public NetworkInterfaces networkInterfaces() {
        return new SdkNetworkInterfaces(clients.ec2());
    }

    @Override
    public InstanceProfiles instanceProfiles() {
        return new SdkInstanceProfiles(clients.ec2());
    }

    @Override
    public Disks disks() {
        return new SdkDisks(clients.ec2());
    }

    @Override
    public RolePolicies rolePolicies() {
        return new SdkRolePolicies(clients.iam());
    }

    @Override
    public AccessKeys accessKeys() {
        return new SdkAccessKeys(clients.iam());
    }

    @Override
    public Databases databases() {
        return new SdkDatabases(clients.rds());
    }

    @Override
    public Buckets buckets() {
        return new SdkBuckets(clients.s3());
    }

    @Override
    public Functions functions() {
        return new SdkFunctions(clients.lambda());
    }

    @Override
    public Watchers watchers() {
        return new SdkWatchers(clients);
    }

    @Override
    public Tables tables() {
        return new SdkTables(clients.dynamoDb());
    }

    @Override
    public Roles roles() {
        return new SdkRoles(clients.iam());
    }

    @Override
    public Attachments attachments() {
        return new SdkAttachments(clients.iam());
    }

    @Override
    public Tags tags() {
        return new SdkTags(clients);
    }

    @Override
    public Users users() {
        return new SdkUsers(clients.iam());
    }
}
