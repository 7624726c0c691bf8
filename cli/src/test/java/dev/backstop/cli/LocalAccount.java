package dev.backstop.cli;

import dev.backstop.functions.MotoServer;
import dev.backstop.functions.sdk.BackstopTable;
import dev.backstop.functions.sdk.SdkClients;
import dev.backstop.functions.sdk.TestTable;
import java.net.URI;
import java.util.Map;

/** An empty local AWS as the account that the SDK's settings of this process lead to, until it is closed. */
public record LocalAccount(SdkClients clients) implements AutoCloseable {
    private static final String ENDPOINT = "aws.endpointUrl";
    private static final Map<String, String> OTHERS = Map.of(
            "aws.region",
            "eu-west-1",
            "aws.accessKeyId",
            "test",
            "aws.secretAccessKey",
            "test",
            "aws.disableEc2Metadata",
            "true");

    /** Where moto_server is not found the test is skipped, and says so. */
    public static LocalAccount open() {
        MotoServer moto = MotoServer.fresh();
        use(moto.endpoint());
        return new LocalAccount(moto.clients());
    }

    /** Leads there instead. */
    public static void use(URI endpoint) {
        System.setProperty(ENDPOINT, endpoint.toString());
        OTHERS.forEach(System::setProperty);
    }

    public BackstopTable createTable() {
        return TestTable.create(clients);
    }

    @Override
    public void close() {
        System.clearProperty(ENDPOINT);
        OTHERS.keySet().forEach(System::clearProperty);
    }
}
