package dev.backstop.cli.bucket;

import dev.backstop.cli.account.Refusal;
import dev.backstop.core.BadInputException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What is wrong when a bucket does not give what it was asked for, and what helps. */
final class Problem {
    private static final String CREDENTIALS =
            "there are none that work: aws configure, aws sso login, or set AWS_PROFILE (--debug shows where they were"
                    + " looked for)";

    private Problem() {}

    static BadInputException listing(String url, Address address, SdkException e) {
        return of(url, e, "s3:ListBucket on arn:aws:s3:::" + address.bucket());
    }

    static BadInputException reading(String url, Address address, SdkException e) {
        return of(
                url,
                e,
                "s3:GetObject on arn:aws:s3:::" + address.bucket()
                        + "/*, and kms:Decrypt on its key where the trail encrypts with one");
    }

    private static BadInputException of(String url, SdkException e, String permission) {
        BadInputException problem = what(url, e, permission);
        problem.initCause(e);
        return problem;
    }

    private static BadInputException what(String url, SdkException e, String permission) {
        String why = Refusal.of(e);
        int status = e instanceof AwsServiceException service ? service.statusCode() : 0;
        if (why.startsWith("Unable to load credentials")) {
            return new BadInputException(url, "credentials", CREDENTIALS);
        }
        if (status == 0) {
            return new BadInputException(
                    url,
                    "endpoint",
                    "cannot be asked: " + why + ": is the network up, and AWS_ENDPOINT_URL right where it is set?");
        }
        String code = ((AwsServiceException) e).awsErrorDetails() == null
                ? ""
                : String.valueOf(((AwsServiceException) e).awsErrorDetails().errorCode());
        return switch (code) {
            case "NoSuchBucket" ->
                new BadInputException(url, "bucket", "does not exist: aws s3 ls shows which buckets there are");
            case "NoSuchKey" ->
                new BadInputException(url, "key", "is gone: it was there when the bucket was listed; run this again");
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                new BadInputException(
                        url,
                        "Region",
                        "the bucket is in another one, which it does not say: set AWS_REGION to its own (" + why + ")");
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken" ->
                new BadInputException(url, "credentials", "were refused: " + why);
            case "InvalidObjectState" ->
                new BadInputException(url, "storage class", "is an archive's: restore the object first (" + why + ")");
            default ->
                status == 403
                        ? new BadInputException(
                                url, "access", "is denied: these credentials need " + permission + " (" + why + ")")
                        : new BadInputException(url, "S3", why);
        };
    }
}
