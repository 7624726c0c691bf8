package dev.backstop.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.BadInputException;
import dev.backstop.core.Mode;
import dev.backstop.functions.MotoServer;
import dev.backstop.functions.line.Pause;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** The demo on a server that speaks AWS's language: it holds there too, and leaves nothing behind. */
class EndpointDemoTest {
    private static final Path SESSIONS = Path.of(System.getProperty("backstop.root"), "test-events", "sessions");

    private final Script script = Script.read(SESSIONS, "a-working-day", Instant.parse("2026-11-24T12:00:00Z"));

    @Test
    void holdsAndLeavesNothingBehind() {
        Endpoint endpoint = moto();
        StringWriter text = new StringWriter();
        Names names = new Names();
        try (World world = EndpointWorld.create(endpoint, Seed.of(script.world()), names)) {
            Demo demo = new Demo(script, new Paper(new PrintWriter(text), false), false);
            assertTrue(demo.play(world, names, Mode.ENFORCE, Pause.REAL), text::toString);
            assertFalse(left(endpoint).isEmpty());
        }
        assertTrue(text.toString().contains(" 3 not checkable here"), text::toString);
        text.toString().lines().forEach(line -> assertTrue(line.length() <= 100, line));
        assertEquals(List.of(), left(endpoint));
    }

    @Test
    void leavesNothingBehindWhenItFailsHalfWay() {
        Endpoint endpoint = moto();
        Seed whole = Seed.of(script.world());
        Seed impossible = new Seed(
                whole.account(),
                whole.region(),
                whole.groups(),
                whole.instances(),
                whole.databases(),
                List.of("same", "same"),
                whole.buckets(),
                whole.roles());
        assertThrows(SdkException.class, () -> EndpointWorld.create(endpoint, impossible, new Names()));
        assertEquals(List.of(), left(endpoint));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ec2.us-east-1.amazonaws.com",
                "https://EC2.cn-north-1.Amazonaws.com.cn",
                "https://sts.us-east-1.amazonaws.com.",
                "https://ec2.us-east-1.api.aws",
                "https://anything.on.aws",
                "localhost:5000",
                "ftp://127.0.0.1",
                "http://",
                "not an address",
                "http://127.0.0.1:1"
            })
    void refusesWhatIsNotALocalServer(String address) {
        var error = assertThrows(BadInputException.class, () -> Endpoint.reach(address, "us-east-1"));
        assertTrue(String.valueOf(error.getMessage()).startsWith(address + ": --endpoint: "), error::getMessage);
    }

    private static Endpoint moto() {
        return Endpoint.reach(MotoServer.fresh().endpoint().toString(), "us-east-1");
    }

    /** What is there that no fresh server has. */
    private static List<String> left(Endpoint endpoint) {
        List<String> left = new ArrayList<>();
        var ec2 = endpoint.clients().ec2();
        ec2.describeInstances().reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .filter(instance -> instance.state().name() != InstanceStateName.TERMINATED)
                .forEach(instance -> left.add(instance.instanceId()));
        ec2.describeSecurityGroups().securityGroups().stream()
                .filter(group -> !group.groupName().equals("default"))
                .forEach(group -> left.add(group.groupName()));
        endpoint.clients().iam().listRoles().roles().forEach(role -> left.add(role.roleName()));
        endpoint.clients().lambda().listFunctions().functions().forEach(function -> left.add(function.functionName()));
        endpoint.clients().s3().listBuckets().buckets().forEach(bucket -> left.add(bucket.name()));
        endpoint.clients()
                .rds()
                .describeDBInstances()
                .dbInstances()
                .forEach(database -> left.add(database.dbInstanceIdentifier()));
        return left;
    }
}
