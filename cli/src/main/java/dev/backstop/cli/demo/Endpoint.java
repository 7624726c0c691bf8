package dev.backstop.cli.demo;

import dev.backstop.core.BadInputException;
import dev.backstop.functions.sdk.SdkClients;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/** A server that speaks AWS's language and is not AWS. */
record Endpoint(String address, String account, SdkClients clients) {
    private static final Pattern AWS = Pattern.compile("(.*\\.)?(amazonaws\\.(com|com\\.cn|eu)|aws|amazon\\.com)\\.?");

    /**
     * Reaches it, with the environment's credentials or dummy ones.
     *
     * @throws BadInputException when it is no address, is AWS itself, or does not answer
     */
    static Endpoint reach(String address, String region) {
        URI uri = uri(address);
        boolean given = System.getenv("AWS_ACCESS_KEY_ID") != null;
        AwsCredentialsProvider credentials = given
                ? EnvironmentVariableCredentialsProvider.create()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
        SdkClients clients = new SdkClients(Region.of(region), uri, credentials);
        try {
            return new Endpoint(address, clients.sts().getCallerIdentity().account(), clients);
        } catch (SdkException e) {
            throw new BadInputException(address, "--endpoint", "does not answer as AWS does: " + e.getMessage());
        }
    }

    private static URI uri(String address) {
        try {
            URI uri = new URI(address);
            String host = uri.getHost();
            if (host == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                throw new BadInputException(
                        address, "--endpoint", "is no address of a server: expected http://HOST:PORT");
            }
            if (AWS.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
                throw new BadInputException(
                        address,
                        "--endpoint",
                        "is AWS itself: the demo creates and deletes resources, and plays only against a local"
                                + " server such as moto_server or LocalStack");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new BadInputException(address, "--endpoint", "is no address of a server: " + e.getReason());
        }
    }
}
