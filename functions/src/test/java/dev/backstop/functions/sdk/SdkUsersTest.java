package dev.backstop.functions.sdk;

import dev.backstop.core.contract.UsersContract;
import dev.backstop.core.port.Users;
import dev.backstop.functions.MotoServer;
import software.amazon.awssdk.services.iam.IamClient;

/** Users over the SDK. */
class SdkUsersTest extends UsersContract {
    private final IamClient iam = MotoServer.fresh().clients().iam();

    @Override
    protected Users users() {
        return new SdkUsers(iam);
    }

    @Override
    protected String create(String userName) {
        return iam.createUser(request -> request.userName(userName)).user().userId();
    }

    @Override
    protected void setPassword(String userName) {
        iam.createLoginProfile(request -> request.userName(userName).password("correct horse battery staple"));
    }

    @Override
    protected void putPolicy(String userName, String policyName, String document) {
        iam.putUserPolicy(
                request -> request.userName(userName).policyName(policyName).policyDocument(document));
    }

    @Override
    protected void join(String userName, String groupName) {
        iam.createGroup(request -> request.groupName(groupName));
        iam.addUserToGroup(request -> request.userName(userName).groupName(groupName));
    }
}
