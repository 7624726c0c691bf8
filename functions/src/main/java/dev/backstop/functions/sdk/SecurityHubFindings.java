package dev.backstop.functions.sdk;

import dev.backstop.functions.message.Asff;
import dev.backstop.functions.message.Message;
import java.util.Set;
import software.amazon.awssdk.services.securityhub.SecurityHubClient;
import software.amazon.awssdk.services.securityhub.model.BatchImportFindingsResponse;
import software.amazon.awssdk.services.securityhub.model.ImportFindingsError;

/** Alerts as findings of an account's Security Hub. */
public record SecurityHubFindings(SecurityHubClient client, Asff.Hub hub) {
    public static final Set<String> ACTIONS = Set.of("securityhub:BatchImportFindings");

    /**
     * Makes a finding of an alert, or brings the one that it is up to date.
     *
     * @return the finding's id
     * @throws IllegalStateException when the hub did not take it, of which it tells in an answer that is none of an error
     */
    public String put(Message message) {
        var finding = Asff.of(message, hub);
        BatchImportFindingsResponse answer = client.batchImportFindings(request -> request.findings(finding));
        if (answer.failedCount() > 0 || answer.successCount() < 1) {
            throw new IllegalStateException("Security Hub did not take the finding " + finding.id()
                    + answer.failedFindings().stream()
                            .findFirst()
                            .map(SecurityHubFindings::words)
                            .orElse(""));
        }
        return finding.id();
    }

    private static String words(ImportFindingsError error) {
        return ": " + error.errorCode() + " " + error.errorMessage();
    }
}
