package dev.backstop.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one fresh violation costs the respond function, warm and at first, beside the bare minimum of calls. */
final class Handling {
    /** As the stack sets them. */
    static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final int WARM_UP = 200;
    private static final int MEASURED = 300;
    private static final int COUNTED = 20;
    private static final double MILLI = 1e6;

    private Handling() {}

    static void run(PrintStream out) throws IOException, InterruptedException {
        Path template = template();
        try (Stub stub = Stub.start()) {
            Jvm jvm = new Jvm(FLAGS, Deployment.classpath(), Deployment.snapshotEnvironment(stub.address()));
            Map<String, Times> once = handle(jvm, template, COUNTED, HandlingRun.HANDLER);
            Map<String, Integer> counts = stub.counts();
            Map<String, Times> times = handle(jvm, template, WARM_UP + MEASURED, "both");
            out.printf(
                    "HANDLING a fresh security group violation, over loopback, flags %s; ms%n",
                    String.join(" ", FLAGS));
            out.println(
                    "                                        wall median       p95   CPU median   process CPU, mean");
            Times handler = times(times, HandlingRun.HANDLER);
            Times bare = times(times, HandlingRun.BARE);
            print(out, "initialisation, as for a snapshot", times(once, HandlingRun.INIT), 0, 1);
            print(out, "first event after it", times(once, HandlingRun.HANDLER), 0, 1);
            print(out, "events 2 to 10", times(once, HandlingRun.HANDLER), 1, 10);
            int last = WARM_UP + MEASURED;
            print(out, "warm, events " + (WARM_UP + 1) + " to " + last, handler, WARM_UP, last);
            print(out, "reference: revoke by id + publish, warm", bare, WARM_UP, last);
            out.printf(
                    "  ratio, warm                             %9.1f           %12.1f%n",
                    handler.wall.between(WARM_UP, last).median()
                            / bare.wall.between(WARM_UP, last).median(),
                    handler.thread.between(WARM_UP, last).median()
                            / bare.thread.between(WARM_UP, last).median());
            out.printf("  calls in %d events:%n", COUNTED);
            counts.forEach((call, count) -> out.printf("    %-32s %3d%n", call, count));
        }
    }

    /** The three clocks of every event, in ms. */
    private record Times(Samples wall, Samples thread, Samples process) {}

    private static Path template() throws IOException {
        Path template = Path.of("bench/target/violation.json").toAbsolutePath();
        Files.writeString(template, Violation.template());
        return template;
    }

    private static Map<String, Times> handle(Jvm jvm, Path template, int violations, String who)
            throws IOException, InterruptedException {
        Process process = jvm.running(
                        HandlingRun.class.getName(), template.toString(), Integer.toString(violations), who)
                .start();
        Map<String, Times> times = new TreeMap<>();
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(line -> {
                Clock took = Clock.of(line);
                Times all = times.computeIfAbsent(
                        line.substring(0, line.indexOf(' ')),
                        _ -> new Times(new Samples(), new Samples(), new Samples()));
                all.wall.add(took.wall() / MILLI);
                all.thread.add(took.thread() / MILLI);
                all.process.add(took.process() / MILLI);
            });
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the handler failed");
        }
        return times;
    }

    private static Times times(Map<String, Times> all, String what) {
        Times times = all.get(what);
        if (times == null) {
            throw new IllegalStateException("nothing was measured of " + what);
        }
        return times;
    }

    private static void print(PrintStream out, String name, Times times, int from, int to) {
        out.printf(
                "  %-39s %10.1f %9.1f %12.1f %19.1f%n",
                name,
                times.wall.between(from, to).median(),
                times.wall.between(from, to).p95(),
                times.thread.between(from, to).median(),
                times.process.between(from, to).mean());
    }
}
