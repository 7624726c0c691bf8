package dev.backstop.functions.sdk;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Answers written by the test, on 127.0.0.1, for what the local AWS cannot do. */
public final class StubbedAws {
    private StubbedAws() {}

    public static WireMockExtension server() {
        return WireMockExtension.newInstance()
                .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
                .build();
    }

    public static SdkClients clients(WireMockExtension server) {
        return clients(server, Region.EU_WEST_1.id());
    }

    public static SdkClients clients(WireMockExtension server, String region) {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
        return new SdkClients(Region.of(region), URI.create("http://127.0.0.1:" + server.getPort()), credentials);
    }
}
