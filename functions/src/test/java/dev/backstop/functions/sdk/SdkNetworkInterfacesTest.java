package dev.backstop.functions.sdk;

import dev.backstop.core.contract.NetworkInterfacesContract;
import dev.backstop.core.port.NetworkInterfaces;
import dev.backstop.functions.MotoServer;
import java.util.UUID;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;

/** Network interfaces over the SDK. */
class SdkNetworkInterfacesTest extends NetworkInterfacesContract {
    private final Ec2Client ec2 = MotoServer.fresh().clients().ec2();
    private final String subnet = ec2.describeSubnets().subnets().getFirst().subnetId();

    @Override
    protected NetworkInterfaces interfaces() {
        return new SdkNetworkInterfaces(ec2);
    }

    @Override
    protected String launch() {
        var primary = InstanceNetworkInterfaceSpecification.builder()
                .deviceIndex(0)
                .subnetId(subnet)
                .groups(createGroup())
                .build();
        return ec2.runInstances(request -> request.imageId("ami-12c6146b")
                        .instanceType("t3.micro")
                        .networkInterfaces(primary)
                        .minCount(1)
                        .maxCount(1))
                .instances()
                .getFirst()
                .instanceId();
    }

    @Override
    protected String attachAnother(String instanceId) {
        String id = ec2.createNetworkInterface(
                        request -> request.subnetId(subnet).groups(createGroup()))
                .networkInterface()
                .networkInterfaceId();
        ec2.attachNetworkInterface(
                request -> request.networkInterfaceId(id).instanceId(instanceId).deviceIndex(1));
        return id;
    }

    @Override
    protected String createGroup() {
        String vpc = ec2.describeVpcs().vpcs().getFirst().vpcId();
        return ec2.createSecurityGroup(request -> request.vpcId(vpc)
                        .groupName("contract-" + UUID.randomUUID())
                        .description("of a test"))
                .groupId();
    }
}
