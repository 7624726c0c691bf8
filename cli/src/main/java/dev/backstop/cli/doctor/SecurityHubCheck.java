package dev.backstop.cli.doctor;

import dev.backstop.cli.account.Account;
import software.amazon.awssdk.services.securityhub.SecurityHubClient;
import software.amazon.awssdk.services.securityhub.model.InvalidAccessException;
import software.amazon.awssdk.services.securityhub.model.ResourceNotFoundException;

/** Whether Security Hub is switched on here, where alerts are to be its findings: else it takes none. */
record SecurityHubCheck(Account account) {
    private static final String NAME = "security-hub";

    Check look() {
        try (SecurityHubClient hub = account.clients().ready(SecurityHubClient.builder())) {
            return Check.ok(NAME, hub.describeHub(request -> {}).hubArn() + " takes findings");
        } catch (InvalidAccessException | ResourceNotFoundException _) {
            return Check.problem(
                    NAME,
                    "Security Hub is not switched on in " + account.words() + ", and takes no findings",
                    "aws securityhub enable-security-hub --no-enable-default-standards, or deploy with -c securityHub=false");
        }
    }
}
