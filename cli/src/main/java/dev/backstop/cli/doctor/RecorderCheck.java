package dev.backstop.cli.doctor;

import dev.backstop.cli.account.Account;
import java.util.List;
import software.amazon.awssdk.services.config.model.ConfigurationRecorderStatus;

/** Whether AWS Config records here, where drift is to be watched for: without that its rules are never asked. */
record RecorderCheck(Account account) {
    private static final String NAME = "config";

    Check look() {
        List<ConfigurationRecorderStatus> recorders =
                account.clients().config().describeConfigurationRecorderStatus().configurationRecordersStatus();
        return recorders.stream()
                .filter(one -> Boolean.TRUE.equals(one.recording()))
                .findFirst()
                .map(one -> Check.ok(NAME, "the recorder " + one.name() + " is recording"))
                .orElseGet(() -> Check.problem(
                        NAME,
                        recorders.isEmpty()
                                ? "there is no recorder in " + account.region()
                                : "the recorder " + recorders.getFirst().name() + " is stopped",
                        recorders.isEmpty()
                                ? "deploy with -c config=create, or have AWS Config record in this Region"
                                : "aws configservice start-configuration-recorder --configuration-recorder-name "
                                        + recorders.getFirst().name()));
    }
}
