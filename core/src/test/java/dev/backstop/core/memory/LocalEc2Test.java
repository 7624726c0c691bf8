package dev.backstop.core.memory;

import dev.backstop.core.GroupRule;
import dev.backstop.core.contract.DisksContract;
import dev.backstop.core.contract.InstanceProfilesContract;
import dev.backstop.core.contract.InstancesContract;
import dev.backstop.core.contract.InventoryContract;
import dev.backstop.core.contract.NetworkInterfacesContract;
import dev.backstop.core.contract.SecurityGroupsContract;
import dev.backstop.core.contract.TagsContract;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Disks;
import dev.backstop.core.port.InstanceProfiles;
import dev.backstop.core.port.Instances;
import dev.backstop.core.port.Inventory;
import dev.backstop.core.port.NetworkInterfaces;
import dev.backstop.core.port.SecurityGroups;
import dev.backstop.core.port.Tags;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The EC2 of the local AWS does what the ports promise. */
class LocalEc2Test {
    @Nested
    class SecurityGroupsInMemory extends SecurityGroupsContract {
        private final LocalSecurityGroups groups = new LocalSecurityGroups();
        private int made;

        @Override
        protected SecurityGroups groups() {
            return groups;
        }

        @Override
        protected String createGroup() {
            String id = "sg-" + ++made;
            groups.create(new SecurityGroups.Group(id, "group-" + made, "of a test", "vpc-1"));
            return id;
        }

        @Override
        protected String carry(String groupId) {
            String id = "eni-" + ++made;
            groups.carry(id, groupId);
            return id;
        }

        @Override
        protected String authorize(String groupId, boolean egress, String protocol, int from, int to, String cidr) {
            String id = "sgr-" + ++made;
            groups.put(new GroupRule(id, groupId, egress, protocol, from, to, cidr, null));
            return id;
        }
    }

    @Nested
    class InstancesInMemory extends InstancesContract {
        private final LocalInstances instances = new LocalInstances();
        private int made;

        @Override
        protected Instances instances() {
            return instances;
        }

        @Override
        protected String launch(String type, Map<String, String> tags) {
            String id = "i-" + ++made;
            instances.put(new Instances.Instance(id, type, "running", tags));
            return id;
        }

        @Override
        protected void terminate(String instanceId) {
            instances.terminate(instanceId);
        }
    }

    @Nested
    class NetworkInterfacesInMemory extends NetworkInterfacesContract {
        private final LocalNetworkInterfaces interfaces = new LocalNetworkInterfaces();
        private int made;

        @Override
        protected NetworkInterfaces interfaces() {
            return interfaces;
        }

        @Override
        protected String launch() {
            String instance = "i-" + ++made;
            attachAnother(instance);
            return instance;
        }

        @Override
        protected String attachAnother(String instanceId) {
            String id = "eni-" + ++made;
            interfaces.attach(
                    instanceId, new NetworkInterfaces.NetworkInterface(id, "vpc-1", Set.of(createGroup()), true));
            return id;
        }

        @Override
        protected String createGroup() {
            return "sg-" + ++made;
        }
    }

    @Nested
    class InstanceProfilesInMemory extends InstanceProfilesContract {
        private final LocalInstanceProfiles profiles = new LocalInstanceProfiles();
        private int made;

        @Override
        protected InstanceProfiles profiles() {
            return profiles;
        }

        @Override
        protected String launch() {
            return "i-" + ++made;
        }

        @Override
        protected String createProfile(String name) {
            return "arn:aws:iam::123456789012:instance-profile/" + name;
        }
    }

    @Nested
    class DisksInMemory extends DisksContract {
        private final LocalDisks disks = new LocalDisks();
        private int made;

        @Override
        protected Disks disks() {
            return disks;
        }

        @Override
        protected String createImage() {
            return put("ami-" + ++made);
        }

        @Override
        protected String createVolume() {
            return put("vol-" + ++made);
        }

        @Override
        protected String createSnapshot(String volumeId) {
            String id = "snap-" + ++made;
            disks.put(new Disks.Snapshot(id, volumeId, Instant.EPOCH));
            return id;
        }

        @Override
        protected void share(String id, Set<String> grantees) {
            disks.share(id, grantees);
        }

        private String put(String id) {
            disks.put(id);
            return id;
        }
    }

    @Nested
    class InventoryInMemory extends InventoryContract {
        private final LocalAws aws = new LocalAws();
        private int made;

        @Override
        protected Inventory inventory() {
            return new LocalInventory(aws, InstantSource.system());
        }

        @Override
        protected Aws aws() {
            return aws;
        }

        @Override
        protected String createGroup(String name) {
            String id = "sg-" + ++made;
            aws.securityGroups().create(new SecurityGroups.Group(id, name, "of a test", "vpc-1"));
            return id;
        }

        @Override
        protected String launch(String type, String groupId) {
            String id = "i-" + ++made;
            aws.instances().put(new Instances.Instance(id, type, "running", Map.of()));
            aws.networkInterfaces()
                    .attach(id, new NetworkInterfaces.NetworkInterface("eni-" + made, "vpc-1", Set.of(groupId), true));
            return id;
        }

        @Override
        protected void terminate(String instanceId) {
            aws.instances().terminate(instanceId);
        }
    }

    @Nested
    class TagsInMemory extends TagsContract {
        private final LocalTags tags = new LocalTags();

        @Override
        protected Tags tags() {
            return tags;
        }

        @Override
        protected String make(String type, Map<String, String> all) {
            String id = type + all.size();
            tags.put(id, all);
            return id;
        }
    }
}
