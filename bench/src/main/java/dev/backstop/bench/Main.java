package dev.backstop.bench;

import java.io.IOException;
import java.util.List;

/** Runs the benchmarks that are named, or all of them, and prints what they measured. */
final class Main {
    private static final List<String> ALL = List.of("matching", "replay", "handling", "start", "cost");

    private Main() {}

    public static void main(String[] names) throws IOException, InterruptedException {
        List<String> wanted = names.length == 0 ? ALL : List.of(names);
        if (!ALL.containsAll(wanted)) {
            System.err.println("bench: the benchmarks are " + String.join(", ", ALL));
            System.exit(2);
        }
        System.out.printf(
                "%s, %s %s, %d cores%n",
                Runtime.version(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
        for (String name : wanted) {
            System.out.println();
            switch (name) {
                case "matching" -> Matching.run(System.out);
                case "replay" -> Replaying.run(System.out);
                case "handling" -> Handling.run(System.out);
                case "start" -> Starting.run(System.out);
                default -> Cost.print(System.out);
            }
        }
    }
}
