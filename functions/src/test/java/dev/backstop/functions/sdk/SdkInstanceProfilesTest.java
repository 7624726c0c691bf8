package dev.backstop.functions.sdk;

import dev.backstop.core.contract.InstanceProfilesContract;
import dev.backstop.core.port.InstanceProfiles;
import dev.backstop.functions.MotoServer;

/** Instance profiles over the SDK. */
class SdkInstanceProfilesTest extends InstanceProfilesContract {
    private final SdkClients clients = MotoServer.fresh().clients();

    @Override
    protected InstanceProfiles profiles() {
        return new SdkInstanceProfiles(clients.ec2());
    }

    @Override
    protected String launch() {
        return clients.ec2()
                .runInstances(request -> request.imageId("ami-12c6146b")
                        .instanceType("t3.micro")
                        .minCount(1)
                        .maxCount(1))
                .instances()
                .getFirst()
                .instanceId();
    }

    @Override
    protected String createProfile(String name) {
        return clients.iam()
                .createInstanceProfile(request -> request.instanceProfileName(name))
                .instanceProfile()
                .arn();
    }
}
