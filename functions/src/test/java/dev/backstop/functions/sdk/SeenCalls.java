package dev.backstop.functions.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * The calls that the SDK's clients made, in the words of an IAM policy. The SDK finds this class by a file in the test
 * resources and makes one for every client that it builds.
 */
public final class SeenCalls implements ExecutionInterceptor {
    private static final AtomicInteger BUILT = new AtomicInteger();
    private static final List<String> CALLS = new ArrayList<>();

    /** Called by the SDK, once a client. */
    public SeenCalls() {
        BUILT.incrementAndGet();
    }

    /** Calls made, and clients built, while something ran. */
    record Seen(List<String> calls, int clientsBuilt) {
        /** The calls to one service before another call. */
        List<String> before(String end, String service) {
            return calls.subList(0, calls.indexOf(end)).stream()
                    .filter(call -> call.startsWith(service + ":"))
                    .toList();
        }
    }

    static Seen during(Runnable work) {
        synchronized (CALLS) {
            CALLS.clear();
        }
        int built = BUILT.get();
        work.run();
        synchronized (CALLS) {
            return new Seen(List.copyOf(CALLS), BUILT.get() - built);
        }
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        String action = prefix(service) + ":" + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        synchronized (CALLS) {
            CALLS.add(action);
        }
    }

    private static String prefix(String service) {
        return switch (service) {
            case "EventBridge" -> "events";
            case "Config Service" -> "config";
            default -> service.toLowerCase(Locale.ROOT);
        };
    }
}
