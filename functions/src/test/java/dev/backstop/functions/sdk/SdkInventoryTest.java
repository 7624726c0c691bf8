package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.contract.InventoryContract;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Inventory;
import dev.backstop.functions.MotoServer;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The inventory over the SDK. */
class SdkInventoryTest extends InventoryContract {
    private final SdkClients clients = MotoServer.fresh().clients();
    private final Ec2Client ec2 = clients.ec2();

    @Override
    protected Inventory inventory() {
        return new SdkInventory(ec2, InstantSource.system());
    }

    @Override
    protected Aws aws() {
        return new SdkAws(clients);
    }

    @Override
    protected String createGroup(String name) {
        String vpc = ec2.describeVpcs().vpcs().getFirst().vpcId();
        return ec2.createSecurityGroup(
                        request -> request.vpcId(vpc).groupName(name).description("of a test"))
                .groupId();
    }

    @Override
    protected String launch(String type, String groupId) {
        return ec2.runInstances(request -> request.imageId("ami-12c6146b")
                        .instanceType(type)
                        .securityGroupIds(groupId)
                        .minCount(1)
                        .maxCount(1))
                .instances()
                .getFirst()
                .instanceId();
    }

    @Override
    protected void terminate(String instanceId) {
        ec2.terminateInstances(request -> request.instanceIds(instanceId));
    }

    @Test
    void callsWhatItDeclares() {
        String id = launch("t3.micro", createGroup("web"));
        String networkInterface = aws().networkInterfaces().of(id).getFirst().id();
        Inventory inventory = inventory();
        SeenCalls.Seen seen = SeenCalls.during(() -> {
            inventory.groups(_ -> {});
            inventory.instances(_ -> {});
            inventory.instanceWith(networkInterface);
            inventory.protection(id);
        });

        Set<String> declared = new TreeSet<>(SdkInventory.ACTIONS);
        declared.addAll(SdkInventory.INSTANCE_ACTIONS);
        assertEquals(declared, new TreeSet<>(seen.calls()));
    }
}
