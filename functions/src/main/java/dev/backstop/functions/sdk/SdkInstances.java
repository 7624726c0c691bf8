package dev.backstop.functions.sdk;

import dev.backstop.core.port.Instances;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Instances in EC2. */
public record SdkInstances(Ec2Client ec2) implements Instances {
    @Override
    public List<Instance> describe(Set<String> instanceIds) {
        if (instanceIds.isEmpty()) {
            return List.of();
        }
        return described(instanceIds).map(SdkInstances::instance).toList();
    }

    @Override
    public void stop(Set<String> instanceIds) {
        ec2.stopInstances(request -> request.instanceIds(instanceIds));
    }

    @Override
    public void start(Set<String> instanceIds) {
        ec2.startInstances(request -> request.instanceIds(instanceIds));
    }

    @Override
    public void changeType(String instanceId, String type) {
        ec2.modifyInstanceAttribute(request -> request.instanceId(instanceId).instanceType(value -> value.value(type)));
    }

    @Override
    public void terminate(Set<String> instanceIds) {
        ec2.terminateInstances(request -> request.instanceIds(instanceIds));
    }

    @Override
    public Optional<String> attribute(String instanceId, Attribute attribute) {
        try {
            DescribeInstanceAttributeResponse answer = ec2.describeInstanceAttribute(
                    request -> request.instanceId(instanceId).attribute(attribute.apiName()));
            return Optional.of(
                    switch (attribute) {
                        case SOURCE_DEST_CHECK ->
                            answer.sourceDestCheck().value().toString();
                        case TERMINATION_PROTECTION ->
                            answer.disableApiTermination().value().toString();
                        case STOP_PROTECTION -> answer.disableApiStop().value().toString();
                        case SHUTDOWN_BEHAVIOR ->
                            answer.instanceInitiatedShutdownBehavior().value();
                    });
        } catch (Ec2Exception e) {
            if (ErrorCode.isOneOf(e, Set.of("InvalidInstanceID.NotFound"))) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void setAttribute(String instanceId, Attribute attribute, String value) {
        boolean on = value.equals("true");
        ec2.modifyInstanceAttribute(request -> {
            request.instanceId(instanceId);
            switch (attribute) {
                case SOURCE_DEST_CHECK -> request.sourceDestCheck(check -> check.value(on));
                case TERMINATION_PROTECTION -> request.disableApiTermination(protection -> protection.value(on));
                case STOP_PROTECTION -> request.disableApiStop(protection -> protection.value(on));
                // The older of the call's two forms: moto_server does not know the newer one of this attribute.
                case SHUTDOWN_BEHAVIOR -> request.attribute(attribute.apiName()).value(value);
            }
        });
    }

    @Override
    public Map<String, String> metadataOptions(String instanceId) {
        return described(Set.of(instanceId))
                .map(instance -> instance.metadataOptions())
                .map(options -> Map.of(
                        "httpTokens", options.httpTokensAsString(),
                        "httpEndpoint", options.httpEndpointAsString(),
                        "httpPutResponseHopLimit", String.valueOf(options.httpPutResponseHopLimit()),
                        "httpProtocolIpv6", options.httpProtocolIpv6AsString(),
                        "instanceMetadataTags", options.instanceMetadataTagsAsString()))
                .findFirst()
                .orElse(Map.of());
    }

    @Override
    public void setMetadataOptions(String instanceId, Map<String, String> options) {
        String hops = options.get("httpPutResponseHopLimit");
        ec2.modifyInstanceMetadataOptions(request -> request.instanceId(instanceId)
                .httpTokens(options.get("httpTokens"))
                .httpEndpoint(options.get("httpEndpoint"))
                .httpPutResponseHopLimit(hops == null ? null : Integer.valueOf(hops))
                .httpProtocolIpv6(options.get("httpProtocolIpv6"))
                .instanceMetadataTags(options.get("instanceMetadataTags")));
    }

    private Stream<software.amazon.awssdk.services.ec2.model.Instance> described(Set<String> instanceIds) {
        // A filter, since one unknown id would make the whole call fail.
        Filter ids = Filter.builder().name("instance-id").values(instanceIds).build();
        return ec2.describeInstancesPaginator(request -> request.filters(ids)).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream());
    }

    private static Instance instance(software.amazon.awssdk.services.ec2.model.Instance instance) {
        return new Instance(
                instance.instanceId(),
                instance.instanceTypeAsString(),
                instance.state().nameAsString(),
                instance.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value)));
    }
}
