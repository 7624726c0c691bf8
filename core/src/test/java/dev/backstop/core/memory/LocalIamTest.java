package dev.backstop.core.memory;

import dev.backstop.core.contract.AccessKeysContract;
import dev.backstop.core.contract.AttachmentsContract;
import dev.backstop.core.contract.RolePoliciesContract;
import dev.backstop.core.contract.RolesContract;
import dev.backstop.core.contract.UsersContract;
import dev.backstop.core.port.AccessKeys;
import dev.backstop.core.port.Attachments;
import dev.backstop.core.port.RolePolicies;
import dev.backstop.core.port.Roles;
import dev.backstop.core.port.Roles.Role;
import dev.backstop.core.port.Users;
import java.time.Instant;
import org.junit.jupiter.api.Nested;

/** The IAM of the local AWS does what the ports promise. */
class LocalIamTest {
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
}
