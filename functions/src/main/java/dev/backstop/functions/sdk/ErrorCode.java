package dev.backstop.functions.sdk;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What an error of AWS says by its code. */
final class ErrorCode {
    private ErrorCode() {}

    /** Whether an error has one of the codes; one without details has none. */
    static boolean isOneOf(AwsServiceException error, Set<String> codes) {
        AwsErrorDetails details = error.awsErrorDetails();
        return details != null && codes.contains(details.errorCode());
    }
}
