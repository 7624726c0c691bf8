package dev.backstop.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long from a JVM's start to its first event handled, under Lambda's runtime client, beside a trivial handler. */
final class Starting {
    private static final String RUNTIME = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String RESPOND = "dev.backstop.functions.handler.RespondHandler::handleRequest";
    private static final String TRIVIAL = TrivialHandler.class.getName() + "::handleRequest";
    private static final int RUNS = 5;

    private final String template = Violation.template();
    private final List<Path> classpath = Deployment.classpath();
    private final URI aws;
    private int violations;

    private Starting(URI aws) throws IOException {
        this.aws = aws;
    }

    static void run(PrintStream out) throws IOException, InterruptedException {
        out.printf("START of the process to first event handled, median of %d runs%n", RUNS);
        out.println("  ms; MiB at the peak                  wall    CPU   MiB      trivial    CPU        ratio    CPU");
        try (Stub stub = Stub.start()) {
            Starting starting = new Starting(stub.address());
            // The files that every run reads are in memory then, and the stub is warm.
            starting.once(RESPOND, Handling.FLAGS);
            starting.compare(out, "plain", List.of(), List.of());
            starting.compare(out, "serial collector, first compiler", Handling.FLAGS, Handling.FLAGS);
            starting.compare(
                    out,
                    "the same, AOT cache",
                    starting.cached(RESPOND, "respond"),
                    starting.cached(TRIVIAL, "trivial"));
        }
        out.printf("  zip file %.1f MB%n", Deployment.zipBytes() / 1e6);
    }

    /** What one start took: ms, ms of CPU, MiB. */
    private record Start(double wall, double cpu, double peak) {}

    private void compare(PrintStream out, String name, List<String> flags, List<String> trivialFlags)
            throws IOException, InterruptedException {
        Samples wall = new Samples();
        Samples cpu = new Samples();
        Samples peak = new Samples();
        Samples floor = new Samples();
        Samples floorCpu = new Samples();
        for (int run = 0; run < RUNS; run++) {
            Start respond = once(RESPOND, flags);
            wall.add(respond.wall);
            cpu.add(respond.cpu);
            peak.add(respond.peak);
            Start trivial = once(TRIVIAL, trivialFlags);
            floor.add(trivial.wall);
            floorCpu.add(trivial.cpu);
        }
        out.printf(
                "  %-34s %6.0f %6.0f %5.0f %12.0f %6.0f %12.1f %6.1f%n",
                name,
                wall.median(),
                cpu.median(),
                peak.median(),
                floor.median(),
                floorCpu.median(),
                wall.median() / floor.median(),
                cpu.median() / floorCpu.median());
    }

    private Start once(String handler, List<String> flags) throws IOException, InterruptedException {
        try (RuntimeApi api = new RuntimeApi(Violation.of(template, violations++))) {
            long before = System.nanoTime();
            Process process = start(api, handler, flags);
            try {
                long after = api.answered(process);
                double cpu =
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
                return new Start((after - before) / 1e6, cpu, peak(process));
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** The flags that use a cache trained by one event; it is written when the process is told to end. */
    private List<String> cached(String handler, String name) throws IOException, InterruptedException {
        Path cache = Path.of("bench/target/" + name + ".aot").toAbsolutePath();
        Files.deleteIfExists(cache);
        try (RuntimeApi api = new RuntimeApi(Violation.of(template, violations++))) {
            Process process = start(api, handler, with("-XX:AOTCacheOutput=" + cache));
            var _ = api.answered(process);
            process.destroy();
            process.waitFor();
        }
        if (!Files.exists(cache)) {
            throw new IllegalStateException("no cache was written for " + handler);
        }
        return with("-XX:AOTCache=" + cache);
    }

    private Process start(RuntimeApi api, String handler, List<String> flags) throws IOException {
        Map<String, String> environment = new HashMap<>(Deployment.environment(aws));
        environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
        return new Jvm(flags, classpath, environment)
                .running(RUNTIME, handler)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
    }

    private static List<String> with(String flag) {
        List<String> flags = new ArrayList<>(Handling.FLAGS);
        flags.add(flag);
        flags.add("-Xlog:disable");
        return flags;
    }

    /** From Linux's own account of a process; not a number elsewhere. */
    private static double peak(Process process) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }
}
