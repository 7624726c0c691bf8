package dev.backstop.cli.account;

import dev.backstop.core.BadInputException;
import dev.backstop.core.port.Aws;
import dev.backstop.functions.sdk.SdkAws;
import dev.backstop.functions.sdk.SdkClients;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * The account and Region that the SDK's default credentials and settings lead to.
 *
 * @param clients of the Region
 * @param caller the ARN of whose credentials these are
 */
public record Account(String id, String region, String caller, SdkClients clients) {
    /**
     * Finds out who the caller is.
     *
     * @throws BadInputException when Region or credentials are missing or refused
     */
    public static Account here() {
        String region = configuredRegion();
        SdkClients clients = SdkClients.of(region, null);
        try {
            GetCallerIdentityResponse caller = clients.sts().getCallerIdentity();
            return new Account(caller.account(), region, caller.arn(), clients);
        } catch (SdkClientException e) {
            throw unusable(e, clients.region());
        } catch (AwsServiceException e) {
            throw new BadInputException("AWS", "credentials", "were refused: " + Refusal.of(e));
        }
    }

    /** The SDK says of every place that it looked for credentials in, and why each has none; --debug still shows it. */
    private static BadInputException unusable(SdkClientException e, Region region) {
        boolean none = Refusal.of(e).startsWith("Unable to load credentials");
        boolean known = Region.regions().contains(region);
        BadInputException unusable = !none && !known
                ? new BadInputException(
                        "AWS",
                        "Region",
                        "cannot be reached, and none is known that is called " + region + ": set AWS_REGION")
                : none
                        ? new BadInputException(
                                "AWS",
                                "credentials",
                                "there are none that work: aws configure, aws sso login, or set AWS_PROFILE (--debug shows where"
                                        + " they were looked for)")
                        : new BadInputException(
                                "AWS",
                                "endpoint",
                                "cannot be asked: " + Refusal.of(e)
                                        + ": is the network up, and AWS_ENDPOINT_URL right where it is set?");
        unusable.initCause(e);
        return unusable;
    }

    private static String configuredRegion() {
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
        } catch (SdkClientException _) {
            throw new BadInputException(
                    "AWS", "Region", "is not set: set AWS_REGION, or region in the profile (aws configure)");
        }
    }

    /** {@code aws}, {@code aws-cn} or {@code aws-us-gov}. */
    public String partition() {
        return clients.region().metadata().partition().id();
    }

    /** The AWS of every Region, each made when it is first needed. */
    public Function<String, Aws> regions() {
        return name -> new SdkAws(clients.in(name));
    }

    public String words() {
        return id + ", " + region;
    }
}
