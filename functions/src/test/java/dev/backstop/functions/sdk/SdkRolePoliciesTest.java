package dev.backstop.functions.sdk;

import dev.backstop.core.contract.RolePoliciesContract;
import dev.backstop.core.port.RolePolicies;
import dev.backstop.functions.MotoServer;
import software.amazon.awssdk.services.iam.IamClient;

/** Inline policies over the SDK. */
class SdkRolePoliciesTest extends RolePoliciesContract {
    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
             "Principal": {"AWS": "arn:aws:iam::123456789012:root"}}]}
            """;

    private final IamClient iam = MotoServer.fresh().clients().iam();

    @Override
    protected RolePolicies policies() {
        return new SdkRolePolicies(iam);
    }

    @Override
    protected void createRole(String roleName) {
        iam.createRole(request -> request.roleName(roleName).path("/agents/").assumeRolePolicyDocument(TRUST));
    }
}
