package dev.backstop.bench;

import static java.util.Map.entry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The respond function as it is deployed: the jars of its zip file, and the environment that the stack gives it. */
final class Deployment {
    private static final Path ZIP = Path.of("functions/target/backstop-respond.zip");
    private static final Path UNPACKED = Path.of("bench/target/respond");
    private static final Path OWN = Path.of("bench/target/backstop-bench-0.1.0-SNAPSHOT.jar");

    private Deployment() {}

    static long zipBytes() throws IOException {
        return Files.size(ZIP);
    }

    /** Lambda's own runtime client first, then the function's jars, then the benchmarks' handlers. */
    static List<Path> classpath() throws IOException {
        List<Path> jars = new ArrayList<>(Jvm.own().stream()
                .filter(jar -> jar.toString().matches(".*aws-lambda-java-(runtime-interface-client|serialization).*"))
                .toList());
        jars.addAll(unpacked());
        jars.add(OWN.toAbsolutePath());
        return jars;
    }

    /** Dummy credentials, and the stub for every service. */
    static Map<String, String> environment(URI aws) {
        return Map.ofEntries(
                entry("AWS_REGION", "us-east-1"),
                entry("AWS_ACCESS_KEY_ID", "test"),
                entry("AWS_SECRET_ACCESS_KEY", "test"),
                entry("AWS_ENDPOINT_URL", aws.toString()),
                entry("BACKSTOP_ACCOUNT", "111122223333"),
                entry("BACKSTOP_TABLE", "backstop"),
                entry("BACKSTOP_TOPIC_ARN", "arn:aws:sns:us-east-1:111122223333:backstop-alerts"),
                entry("BACKSTOP_REVOKE_FUNCTION", "backstop-revoke:live"),
                entry("BACKSTOP_RESTORE_FUNCTION", "backstop-restore:live"),
                entry("BACKSTOP_RESPOND_FUNCTION", "backstop-respond:live"),
                entry("BACKSTOP_CANARY_ROLE", "arn:aws:iam::111122223333:role/agents/backstop-canary"),
                entry("BACKSTOP_REVERTS", "{\"perHour\":5,\"ofStacks\":false}"),
                entry(
                        "BACKSTOP_AGENTS",
                        "{\"agentRoles\":[\"agents/\",\"agent-\"],\"agentSourceIdentities\":[\"sess_\"],"
                                + "\"agentSessionNames\":[]}"));
    }

    /** The same while Lambda makes SnapStart's snapshot. */
    static Map<String, String> snapshotEnvironment(URI aws) {
        Map<String, String> environment = new HashMap<>(environment(aws));
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        return environment;
    }

    private static List<Path> unpacked() throws IOException {
        Files.createDirectories(UNPACKED);
        List<Path> jars = new ArrayList<>();
        try (ZipFile zip = new ZipFile(ZIP.toFile())) {
            for (ZipEntry entry :
                    zip.stream().filter(entry -> !entry.isDirectory()).toList()) {
                Path jar =
                        UNPACKED.resolve(Path.of(entry.getName()).getFileName()).toAbsolutePath();
                try (InputStream content = zip.getInputStream(entry)) {
                    Files.copy(content, jar, StandardCopyOption.REPLACE_EXISTING);
                }
                jars.add(jar);
            }
        }
        return jars.stream().sorted().toList();
    }
}
