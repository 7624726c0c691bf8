package dev.backstop.functions.sdk;

import dev.backstop.core.contract.InstancesContract;
import dev.backstop.core.port.Instances;
import dev.backstop.functions.MotoServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Instances over the SDK; on moto_server states settle at once, so the waiting itself is not shown. */
class SdkInstancesTest extends InstancesContract {
    private final Ec2Client ec2 = MotoServer.fresh().clients().ec2();

    @Override
    protected Instances instances() {
        return new SdkInstances(ec2);
    }

    @Override
    protected String launch(String type, Map<String, String> tags) {
        List<Tag> all = tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return ec2.runInstances(request -> {
                    request.imageId("ami-12c6146b")
                            .instanceType(type)
                            .minCount(1)
                            .maxCount(1);
                    if (!all.isEmpty()) {
                        request.tagSpecifications(TagSpecification.builder()
                                .resourceType(ResourceType.INSTANCE)
                                .tags(all)
                                .build());
                    }
                })
                .instances()
                .getFirst()
                .instanceId();
    }

    @Override
    protected void terminate(String instanceId) {
        ec2.terminateInstances(request -> request.instanceIds(instanceId));
    }

    @Test
    @Disabled("moto_server changes the type of a running instance; EC2 answers IncorrectInstanceState")
    @Override
    protected void leavesTheTypeOfARunningInstance() {}

    @Test
    @Disabled("moto_server starts a terminated instance; EC2 answers IncorrectInstanceState")
    @Override
    protected void bringsNoTerminatedInstanceBack() {}

    @Test
    @Disabled("moto_server resets the options that a call leaves out; EC2 keeps them")
    @Override
    protected void leavesOtherMetadataOptions() {}
}
