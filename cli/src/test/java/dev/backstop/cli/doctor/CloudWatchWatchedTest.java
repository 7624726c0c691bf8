package dev.backstop.cli.doctor;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.backstop.cli.account.Account;
import dev.backstop.functions.sdk.SdkClients;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The SDK speaks CBOR with CloudWatch, which moto does not: its answers are stubbed. */
final class CloudWatchWatchedTest {
    private static final Instant NOW = Instant.parse("2026-11-25T03:00:00Z");

    private final WireMockServer server = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    private Watched watched;

    @BeforeEach
    void start() {
        server.start();
        SdkClients clients = new SdkClients(
                Region.EU_WEST_1,
                URI.create(server.baseUrl()),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
        watched = new CloudWatchWatched(
                new Account("123456789012", "eu-west-1", "arn:aws:iam::123456789012:user/maria", clients));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void alarmsOfBothKindsAreRead() throws IOException {
        answers(
                "DescribeAlarms",
                Map.of(
                        "MetricAlarms", List.of(alarm("backstop-respond-errors", "ALARM", true)),
                        "CompositeAlarms", List.of(alarm("backstop-heartbeat-missing", "OK", false))));
        assertEquals(
                List.of(
                        new Watched.Alarm("backstop-respond-errors", true, NOW, true, "d"),
                        new Watched.Alarm("backstop-heartbeat-missing", false, NOW, false, "d")),
                watched.alarms("backstop-"));
    }

    @Test
    void theLatestPointCountsInWhateverOrderTheyCome() throws IOException {
        answers(
                "GetMetricStatistics",
                Map.of("Datapoints", List.of(point(NOW.minusSeconds(60), 71), point(NOW.minusSeconds(660), 90))));
        assertEquals(
                Optional.of(new Watched.Point(NOW.minusSeconds(60), 71)),
                watched.last("HeartbeatSeconds", NOW, Duration.ofDays(1), Duration.ofMinutes(10)));
        answers("GetMetricStatistics", Map.of("Datapoints", List.of()));
        assertEquals(
                Optional.empty(), watched.last("HeartbeatSeconds", NOW, Duration.ofDays(1), Duration.ofMinutes(10)));
    }

    private static Map<String, Object> alarm(String name, String state, boolean canTell) {
        Map<String, Object> alarm = new LinkedHashMap<>();
        alarm.put("AlarmName", name);
        alarm.put("StateValue", state);
        alarm.put("StateUpdatedTimestamp", NOW);
        alarm.put("ActionsEnabled", canTell);
        alarm.put("AlarmDescription", "d");
        return alarm;
    }

    private static Map<String, Object> point(Instant at, double maximum) {
        return Map.of("Timestamp", at, "Maximum", maximum);
    }

    private void answers(String operation, Map<String, ?> body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        cbor(body, new DataOutputStream(bytes));
        server.stubFor(post(urlPathMatching(".*/operation/" + operation))
                .willReturn(aResponse()
                        .withHeader("smithy-protocol", "rpc-v2-cbor")
                        .withHeader("Content-Type", "application/cbor")
                        .withBody(bytes.toByteArray())));
    }

    /** See RFC 8949: a kind in three bits, a length, the content; times are numbers behind tag 1. */
    private static void cbor(Object value, DataOutputStream out) throws IOException {
        switch (value) {
            case Map<?, ?> map -> {
                head(5, map.size(), out);
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    cbor(entry.getKey(), out);
                    cbor(entry.getValue(), out);
                }
            }
            case List<?> list -> {
                head(4, list.size(), out);
                for (Object item : list) {
                    cbor(item, out);
                }
            }
            case String text -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                head(3, bytes.length, out);
                out.write(bytes);
            }
            case Boolean flag -> out.writeByte(flag ? 0xf5 : 0xf4);
            case Double number -> {
                out.writeByte(0xfb);
                out.writeDouble(number);
            }
            case Instant time -> {
                head(6, 1, out);
                cbor((double) time.getEpochSecond(), out);
            }
            default -> throw new IllegalArgumentException("no CBOR here for " + value);
        }
    }

    private static void head(int kind, int length, DataOutputStream out) throws IOException {
        if (length < 24) {
            out.writeByte(kind << 5 | length);
        } else {
            out.writeByte(kind << 5 | 24);
            out.writeByte(length);
        }
    }
}
