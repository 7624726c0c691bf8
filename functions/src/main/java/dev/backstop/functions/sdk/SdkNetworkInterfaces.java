package dev.backstop.functions.sdk;

import dev.backstop.core.port.NetworkInterfaces;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;

/** Network interfaces in EC2. */
public record SdkNetworkInterfaces(Ec2Client ec2) implements NetworkInterfaces {
    @Override
    public Optional<NetworkInterface> find(String interfaceId) {
        return where("network-interface-id", interfaceId).stream().findFirst();
    }

    @Override
    public List<NetworkInterface> of(String instanceId) {
        return where("attachment.instance-id", instanceId);
    }

    @Override
    public void setGroups(String interfaceId, Set<String> groupIds) {
        ec2.modifyNetworkInterfaceAttribute(
                request -> request.networkInterfaceId(interfaceId).groups(groupIds));
    }

    @Override
    public void setSourceDestCheck(String interfaceId, boolean on) {
        ec2.modifyNetworkInterfaceAttribute(
                request -> request.networkInterfaceId(interfaceId).sourceDestCheck(check -> check.value(on)));
    }

    /** By filter, since an unknown id would make a call that names it fail. */
    private List<NetworkInterface> where(String name, String value) {
        Filter filter = Filter.builder().name(name).values(value).build();
        return ec2.describeNetworkInterfacesPaginator(request -> request.filters(filter)).networkInterfaces().stream()
                .map(SdkNetworkInterfaces::networkInterface)
                .toList();
    }

    private static NetworkInterface networkInterface(
            software.amazon.awssdk.services.ec2.model.NetworkInterface described) {
        return new NetworkInterface(
                described.networkInterfaceId(),
                described.vpcId(),
                described.groups().stream().map(GroupIdentifier::groupId).collect(Collectors.toSet()),
                described.sourceDestCheck());
    }
}
