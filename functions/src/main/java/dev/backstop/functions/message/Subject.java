package dev.backstop.functions.message;

import dev.backstop.core.Alert;
import java.util.Locale;

/** An alert in one line that sorts by severity: {@code [CRITICAL] sess_a8f3b21c opened sg-0123 to the world: reverted}. */
final class Subject {
    /** SNS refuses 100 characters and more; see <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>. */
    static final int MOST = 99;

    private static final int LEAST_OF_A_NAME = 12;

    private Subject() {}

    /** What was done is at the end and is never cut: names are, the longer one first. */
    static String of(Alert alert) {
        String before = "[" + alert.severity().word().toUpperCase(Locale.ROOT) + "] "
                + (alert.rule().id().equals(Message.TEST) ? "TEST " : "");
        String after = ": " + Words.summary(alert.outcomes());
        String who = Plain.ascii(alert.session().id());
        String what = Plain.ascii(alert.resource().id());
        String headline = alert.rule().headline(who, what);
        int over = before.length() + headline.length() + after.length() - MOST;
        if (over > 0 && alert.rule().headline("", "-").contains("-")) {
            String shorter = Plain.first(what, Math.max(LEAST_OF_A_NAME, what.length() - over));
            over -= what.length() - shorter.length();
            what = shorter;
        }
        if (over > 0) {
            who = Plain.first(who, Math.max(LEAST_OF_A_NAME, who.length() - over));
        }
        String said = Plain.ascii(alert.rule().headline(who, what));
        int room = MOST - before.length() - after.length();
        return Plain.first(before + Plain.first(said, Math.max(LEAST_OF_A_NAME, room)) + after, MOST);
    }
}
