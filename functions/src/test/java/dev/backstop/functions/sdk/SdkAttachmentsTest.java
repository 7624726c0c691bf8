package dev.backstop.functions.sdk;

import dev.backstop.core.contract.AttachmentsContract;
import dev.backstop.core.port.Attachments;
import dev.backstop.core.port.Attachments.Holder;
import dev.backstop.functions.MotoServer;
import software.amazon.awssdk.services.iam.IamClient;

/** Attached policies over the SDK. */
class SdkAttachmentsTest extends AttachmentsContract {
    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
             "Principal": {"AWS": "arn:aws:iam::123456789012:root"}}]}
            """;
    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}]}
            """;

    private final IamClient iam = MotoServer.fresh().clients().iam();

    @Override
    protected Attachments attachments() {
        return new SdkAttachments(iam);
    }

    @Override
    protected void create(Holder holder) {
        switch (holder.kind()) {
            case ROLE ->
                iam.createRole(request -> request.roleName(holder.name()).assumeRolePolicyDocument(TRUST));
            case USER -> iam.createUser(request -> request.userName(holder.name()));
        }
    }

    @Override
    protected String createPolicy(String name) {
        return iam.createPolicy(request -> request.policyName(name).policyDocument(POLICY))
                .policy()
                .arn();
    }
}
