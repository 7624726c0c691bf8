package dev.backstop.core;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says at the end of a module's tests which were skipped and why: Maven only counts them. */
public final class SkippedTests implements TestExecutionListener {
    private final Map<String, Map<String, Integer>> byReason = new TreeMap<>();
    private final Consumer<String> lines;

    /** As JUnit finds it among the services. */
    public SkippedTests() {
        this(System.out::println);
    }

    SkippedTests(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        add(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            add(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        byReason.forEach((reason, tests) -> lines.accept("Not run: "
                + tests.entrySet().stream()
                        .map(test -> test.getKey() + " (" + test.getValue() + ")")
                        .collect(Collectors.joining(", "))
                + ": " + reason));
        byReason.clear();
    }

    private void add(TestIdentifier test, String reason) {
        String why = reason.replaceFirst("^(Assumption failed|skipped): (skipped: )?", "");
        byReason.computeIfAbsent(why, _ -> new TreeMap<>()).merge(ofClass(test), 1, Integer::sum);
    }

    private static String ofClass(TestIdentifier test) {
        return switch (test.getSource().orElse(null)) {
            case MethodSource method -> simple(method.getClassName());
            case ClassSource whole -> simple(whole.getClassName());
            case null, default -> test.getDisplayName();
        };
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
