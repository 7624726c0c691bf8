package dev.backstop.functions.sdk;

import dev.backstop.core.contract.AccessKeysContract;
import dev.backstop.core.port.AccessKeys;
import dev.backstop.functions.MotoServer;

/** Access keys on a local AWS. */
class SdkAccessKeysTest extends AccessKeysContract {
    private final SdkClients clients = MotoServer.fresh().clients();

    @Override
    protected AccessKeys keys() {
        return new SdkAccessKeys(clients.iam());
    }

    @Override
    protected String create(String userName) {
        clients.iam().createUser(request -> request.userName(userName));
        return clients.iam()
                .createAccessKey(request -> request.userName(userName))
                .accessKey()
                .accessKeyId();
    }
}
