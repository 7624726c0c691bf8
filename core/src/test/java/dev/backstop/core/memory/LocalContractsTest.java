package dev.backstop.core.memory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.contract.AccessKeysContract;
import dev.backstop.core.contract.AlertChannelContract;
import dev.backstop.core.contract.ApprovalsContract;
import dev.backstop.core.contract.AttachmentsContract;
import dev.backstop.core.contract.BaselinesContract;
import dev.backstop.core.contract.BreakerContract;
import dev.backstop.core.contract.BucketsContract;
import dev.backstop.core.contract.ControlsContract;
import dev.backstop.core.contract.DatabasesContract;
import dev.backstop.core.contract.DisksContract;
import dev.backstop.core.contract.EventBusContract;
import dev.backstop.core.contract.ForgedTagsContract;
import dev.backstop.core.contract.FunctionsContract;
import dev.backstop.core.contract.IncidentsContract;
import dev.backstop.core.contract.InstanceProfilesContract;
import dev.backstop.core.contract.InstancesContract;
import dev.backstop.core.contract.InventoryContract;
import dev.backstop.core.contract.JournalContract;
import dev.backstop.core.contract.NetworkInterfacesContract;
import dev.backstop.core.contract.RevocationsContract;
import dev.backstop.core.contract.RolePoliciesContract;
import dev.backstop.core.contract.RolesContract;
import dev.backstop.core.contract.SecurityGroupsContract;
import dev.backstop.core.contract.SessionRegistryContract;
import dev.backstop.core.contract.TablesContract;
import dev.backstop.core.contract.TagsContract;
import dev.backstop.core.contract.TimelineContract;
import dev.backstop.core.contract.UsersContract;
import dev.backstop.core.contract.WatchersContract;
import dev.backstop.core.port.AccessKeys;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.Approvals;
import dev.backstop.core.port.Attachments;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Baselines;
import dev.backstop.core.port.Breaker;
import dev.backstop.core.port.Buckets;
import dev.backstop.core.port.Controls;
import dev.backstop.core.port.Databases;
import dev.backstop.core.port.Disks;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.ForgedTags;
import dev.backstop.core.port.Functions;
import dev.backstop.core.port.Incidents;
import dev.backstop.core.port.InstanceProfiles;
import dev.backstop.core.port.Instances;
import dev.backstop.core.port.Inventory;
import dev.backstop.core.port.Journal;
import dev.backstop.core.port.NetworkInterfaces;
import dev.backstop.core.port.Revocations;
import dev.backstop.core.port.RolePolicies;
import dev.backstop.core.port.Roles;
import dev.backstop.core.port.Roles.Role;
import dev.backstop.core.port.SecurityGroups;
import dev.backstop.core.port.SessionRegistry;
import dev.backstop.core.port.Tables;
import dev.backstop.core.port.Tags;
import dev.backstop.core.port.Timeline;
import dev.backstop.core.port.Users;
import dev.backstop.core.port.Watchers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/** The local AWS in memory does what the ports promise. */
class LocalContractsTest {
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
    class RolePoliciesInMemory extends RolePoliciesContract {
        private final LocalRolePolicies policies = new LocalRolePolicies();

        @Override
        protected RolePolicies policies() {
            return policies;
        }

        @Override
        protected void createRole(String roleName) {
            policies.createRole(roleName);
        }
    }

    @Nested
    class DatabasesInMemory extends DatabasesContract {
        private final LocalDatabases databases = new LocalDatabases();

        @Override
        protected Databases databases() {
            return databases;
        }

        @Override
        protected void create(String id, Map<Databases.Setting, String> values, Map<String, String> tags) {
            databases.put(new Databases.Database(id, "available", values, Map.of(), false, tags));
        }

        @Override
        protected void snapshot(String id, String snapshotId) {
            databases.keep(id, new Databases.Backup("manual", snapshotId, "available"));
        }

        @Override
        protected void delete(String id) {
            databases.delete(id);
        }
    }

    @Nested
    class BucketsInMemory extends BucketsContract {
        private final LocalBuckets buckets = new LocalBuckets();

        @Override
        protected Buckets buckets() {
            return buckets;
        }

        @Override
        protected void create(String bucket) {
            buckets.create(bucket);
        }
    }

    @Nested
    class FunctionsInMemory extends FunctionsContract {
        private final LocalFunctions functions = new LocalFunctions();

        @Override
        protected Functions functions() {
            return functions;
        }

        @Override
        protected void create(String function) {
            functions.create(function);
        }

        @Override
        protected void permit(String function, String statementId) {
            String statement = Json.object()
                    .put("Sid", statementId)
                    .put("Effect", "Allow")
                    .put("Principal", "*")
                    .put("Action", "lambda:InvokeFunction")
                    .toString();
            functions.permit(new Functions.Place(function, null), statementId, statement);
        }

        @Override
        protected void createUrl(String function) {
            functions.createUrl(new Functions.Place(function, null), "NONE");
        }
    }

    @Nested
    class WatchersInMemory extends WatchersContract {
        private final LocalWatchers watchers = new LocalWatchers();

        @Override
        protected Watchers watchers() {
            return watchers;
        }

        @Override
        protected void create(Watchers.Kind kind, String name) {
            watchers.put(kind, name, false);
        }

        @Override
        protected void target(String rule, String id) {
            watchers.target(rule, Set.of(id));
        }
    }

    @Nested
    class TablesInMemory extends TablesContract {
        private final LocalTables tables = new LocalTables();

        @Override
        protected Tables tables() {
            return tables;
        }

        @Override
        protected void create(String table) {
            tables.create(table);
        }

        @Override
        protected String backUp(String table, String name) {
            String arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/" + table + "/backup/" + name;
            tables.keep(table, new Tables.Backup(arn, "USER"));
            return arn;
        }

        @Override
        protected void delete(String table) {
            tables.delete(table);
        }
    }

    @Nested
    class AttachmentsInMemory extends AttachmentsContract {
        private final LocalAttachments attachments = new LocalAttachments();

        @Override
        protected Attachments attachments() {
            return attachments;
        }

        @Override
        protected void create(Attachments.Holder holder) {
            attachments.create(holder);
        }

        @Override
        protected String createPolicy(String name) {
            return "arn:aws:iam::123456789012:policy/" + name;
        }
    }

    @Nested
    class UsersInMemory extends UsersContract {
        private final LocalUsers users = new LocalUsers();

        @Override
        protected Users users() {
            return users;
        }

        @Override
        protected String create(String userName) {
            users.create(userName, "AIDA1");
            return "AIDA1";
        }

        @Override
        protected void setPassword(String userName) {
            users.setPassword(userName, Instant.EPOCH);
        }

        @Override
        protected void putPolicy(String userName, String policyName, String document) {
            users.putPolicy(userName, policyName, document);
        }

        @Override
        protected void join(String userName, String groupName) {
            users.join(userName, groupName);
        }
    }

    @Nested
    class JournalInMemory extends JournalContract {
        private @Nullable LocalJournal journal;

        @Override
        protected Journal journal(InstantSource clock) {
            if (journal == null) {
                journal = new LocalJournal(clock);
            }
            return journal;
        }

        @Override
        protected JsonNode entry(Journal held, String key) {
            return ((LocalJournal) held).entry(key).orElseThrow();
        }
    }

    @Nested
    class IncidentsInMemory extends IncidentsContract {
        private @Nullable LocalIncidents incidents;

        @Override
        protected synchronized Incidents incidents(InstantSource clock) {
            if (incidents == null) {
                incidents = new LocalIncidents(clock);
            }
            return incidents;
        }
    }

    @Nested
    class SessionRegistryInMemory extends SessionRegistryContract {
        private final LocalSessionRegistry registry = new LocalSessionRegistry();

        @Override
        protected SessionRegistry registry() {
            return registry;
        }
    }

    @Nested
    class AccessKeysInMemory extends AccessKeysContract {
        private final LocalAccessKeys keys = new LocalAccessKeys();

        @Override
        protected AccessKeys keys() {
            return keys;
        }

        @Override
        protected String create(String userName) {
            keys.create(userName, "AKIAI44QH8DHBEXAMPLE");
            return "AKIAI44QH8DHBEXAMPLE";
        }
    }

    @Nested
    class RolesInMemory extends RolesContract {
        private final LocalRoles roles = new LocalRoles();

        @Override
        protected Roles roles() {
            return roles;
        }

        @Override
        protected Role create(String path, String name) {
            Role role = new Role("arn:aws:iam::123456789012:role" + path + name, "AROA" + name.hashCode());
            roles.create(role);
            return role;
        }
    }

    @Nested
    class TimelineInMemory extends TimelineContract {
        private final LocalTimeline timeline = new LocalTimeline();

        @Override
        protected Timeline timeline() {
            return timeline;
        }
    }

    @Nested
    class RevocationsInMemory extends RevocationsContract {
        private final LocalRevocations revocations = new LocalRevocations();

        @Override
        protected Revocations revocations() {
            return revocations;
        }
    }

    @Nested
    class ControlsInMemory extends ControlsContract {
        private final LocalControls controls = new LocalControls(Mode.OBSERVE);

        @Override
        protected Controls controls() {
            return controls;
        }
    }

    @Nested
    class AlertChannelInMemory extends AlertChannelContract {
        private final Outbox outbox = new Outbox();

        @Override
        protected AlertChannel channel() {
            return outbox;
        }

        @Override
        protected Set<JsonNode> received(int expected) {
            return outbox.alerts().stream()
                    .map(alert -> Json.read(Json.write(alert.toJson())))
                    .collect(Collectors.toSet());
        }
    }

    @Nested
    class EventBusInMemory extends EventBusContract {
        private final Outbox outbox = new Outbox();

        @Override
        protected EventBus bus() {
            return outbox;
        }

        @Override
        protected Set<EventBus.Event> received(int expected) {
            return Set.copyOf(outbox.events());
        }
    }

    @Nested
    class BaselinesInMemory extends BaselinesContract {
        private final LocalBaselines baselines = new LocalBaselines();

        @Override
        protected Baselines baselines() {
            return baselines;
        }
    }

    @Nested
    class LocalBreakerTest extends BreakerContract {
        private final LocalBreaker breaker = new LocalBreaker();

        @Override
        protected Breaker breaker() {
            return breaker;
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
    class LocalForgedTagsTest extends ForgedTagsContract {
        private final LocalForgedTags forgedTags = new LocalForgedTags();

        @Override
        protected ForgedTags forgedTags() {
            return forgedTags;
        }
    }

    @Nested
    class LocalTagsTest extends TagsContract {
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

    @Nested
    class ApprovalsInMemory extends ApprovalsContract {
        private final LocalApprovals approvals = new LocalApprovals();

        @Override
        protected Approvals approvals() {
            return approvals;
        }
    }
}
