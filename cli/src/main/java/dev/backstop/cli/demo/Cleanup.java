package dev.backstop.cli.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What has to be removed in the end, last made first; what is gone already is fine. */
final class Cleanup {
    private final Deque<Removal> removals = new ArrayDeque<>();

    synchronized void add(String what, Runnable how) {
        removals.push(new Removal(what, how));
    }

    /**
     * Removes everything, once, whatever cannot be removed on the way.
     *
     * @throws IllegalStateException when something is left, saying what
     */
    synchronized void run() {
        List<String> left = new ArrayList<>();
        while (!removals.isEmpty()) {
            Removal next = removals.pop();
            try {
                next.how.run();
            } catch (AwsServiceException e) {
                if (!isGone(e)) {
                    left.add(next.what + " (" + e.getMessage() + ")");
                }
            } catch (RuntimeException e) {
                left.add(next.what + " (" + e.getMessage() + ")");
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalStateException("the demo could not remove what it created: " + String.join(", ", left));
        }
    }

    /** Services say so by status, EC2 by the error's name. */
    private static boolean isGone(AwsServiceException e) {
        return e.statusCode() == 404
                || (e.awsErrorDetails() != null
                        && e.awsErrorDetails().errorCode().contains("NotFound"));
    }

    private record Removal(String what, Runnable how) {}
}
