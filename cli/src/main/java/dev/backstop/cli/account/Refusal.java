package dev.backstop.cli.account;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What AWS said no with, in one line. */
public final class Refusal {
    private Refusal() {}

    /** The error code and what it is about, or what kept the call from being made. */
    public static String of(SdkException e) {
        if (e instanceof AwsServiceException service && service.awsErrorDetails() != null) {
            var details = service.awsErrorDetails();
            String code = details.errorCode() == null ? "status " + service.statusCode() : details.errorCode();
            String message = details.errorMessage() == null ? "no reason given" : details.errorMessage();
            return details.serviceName() + " answered " + code + ": " + message;
        }
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }

    /** Whether the thing asked for is not there. */
    public static boolean isMissing(SdkException e) {
        String code = code(e);
        return code.startsWith("ResourceNotFound") || code.startsWith("NotFound") || code.startsWith("NoSuch");
    }

    /** Whether these credentials may not ask. */
    public static boolean isDenied(SdkException e) {
        String code = code(e);
        return code.startsWith("AccessDenied")
                || code.startsWith("AuthorizationError")
                || code.startsWith("Unauthorized");
    }

    private static String code(SdkException e) {
        return e instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? String.valueOf(service.awsErrorDetails().errorCode())
                : "";
    }
}
