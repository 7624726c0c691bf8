package dev.backstop.functions.sdk;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Answers written by the test, on 127.0.0.1, for what the local AWS cannot do. */
final class StubbedAws {
    private StubbedAws() {}

    static WireMockExtension server() {
        return WireMockExtension.newInstance()
                .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
                .build();
    }

    static SdkClients clients(WireMockExtension server) {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
        return new SdkClients(Region.EU_WEST_1, URI.create("http://127.0.0.1:" + server.getPort()), credentials);
    }
}
