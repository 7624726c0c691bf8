package dev.backstop.functions.sdk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;

/** An instance in the shape of {@link dev.backstop.core.PriorState}, every field always there and every list in one order. */
final class InstanceShape {
    private InstanceShape() {}

    static ObjectNode json(Instance instance) {
        ObjectNode json = Json.object();
        json.put("instanceType", instance.instanceTypeAsString());
        json.put("imageId", instance.imageId());
        json.put("keyName", instance.keyName());
        json.put("subnetId", instance.subnetId());
        json.put("privateIpAddress", instance.privateIpAddress());
        json.put("sourceDestCheck", instance.sourceDestCheck());
        if (instance.iamInstanceProfile() == null) {
            json.putNull("iamInstanceProfile");
        } else {
            json.putObject("iamInstanceProfile")
                    .put("arn", instance.iamInstanceProfile().arn());
        }
        json.set("metadataOptions", metadata(instance.metadataOptions()));
        json.set("networkInterfaces", interfaces(instance.networkInterfaces()));
        json.set("securityGroups", groups(instance.securityGroups()));
        ArrayNode devices = json.putArray("blockDeviceMappings");
        instance.blockDeviceMappings().stream()
                .filter(device -> device.ebs() != null)
                .sorted(Comparator.comparing(device -> device.deviceName()))
                .forEach(device -> devices.addObject()
                        .put("deviceName", device.deviceName())
                        .putObject("ebs")
                        .put("volumeId", device.ebs().volumeId())
                        .put("deleteOnTermination", device.ebs().deleteOnTermination()));
        return json;
    }

    private static ObjectNode metadata(@Nullable InstanceMetadataOptionsResponse options) {
        ObjectNode json = Json.object();
        if (options != null) {
            json.put("httpTokens", options.httpTokensAsString());
            json.put("httpEndpoint", options.httpEndpointAsString());
            json.put("httpPutResponseHopLimit", options.httpPutResponseHopLimit());
            json.put("httpProtocolIpv6", options.httpProtocolIpv6AsString());
            json.put("instanceMetadataTags", options.instanceMetadataTagsAsString());
        }
        return json;
    }

    private static ArrayNode interfaces(List<InstanceNetworkInterface> interfaces) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        interfaces.stream()
                .sorted(Comparator.comparing(InstanceNetworkInterface::networkInterfaceId))
                .forEach(one -> {
                    ObjectNode shown = json.addObject();
                    shown.put("networkInterfaceId", one.networkInterfaceId());
                    shown.put("sourceDestCheck", one.sourceDestCheck());
                    shown.set("groups", groups(one.groups()));
                });
        return json;
    }

    private static ArrayNode groups(List<GroupIdentifier> groups) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        groups.stream().map(GroupIdentifier::groupId).sorted().forEach(id -> json.addObject()
                .put("groupId", id));
        return json;
    }
}
