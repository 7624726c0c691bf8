package dev.backstop.functions.sdk;

import dev.backstop.core.contract.RolesContract;
import dev.backstop.core.port.Roles;
import dev.backstop.core.port.Roles.Role;
import dev.backstop.functions.MotoServer;

/** Roles on a local AWS. */
class SdkRolesTest extends RolesContract {
    private final SdkClients clients = MotoServer.fresh().clients();

    @Override
    protected Roles roles() {
        return new SdkRoles(clients.iam());
    }

    @Override
    protected Role create(String path, String name) {
        var role = clients.iam()
                .createRole(request -> request.path(path)
                        .roleName(name)
                        .assumeRolePolicyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[]}"))
                .role();
        return new Role(role.arn(), role.roleId());
    }
}
