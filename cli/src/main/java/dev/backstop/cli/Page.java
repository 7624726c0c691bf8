package dev.backstop.cli;

import dev.backstop.cli.doctor.Check;
import dev.backstop.core.Severity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Text for people: at most 100 columns, coloured on a terminal only, and no value can steer the terminal. */
final class Page {
    private static final int WIDTH = 100;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

    private final PrintWriter out;
    private final Ansi ansi;

    Page(CommandLine command) {
        out = command.getOut();
        ansi = command.getColorScheme().ansi();
    }

    /** A value of a record, made harmless. */
    static String clean(String value) {
        return CONTROL.matcher(value).replaceAll("?");
    }

    /** {@code 1 record}, {@code 2 records}. */
    static String many(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    void blank() {
        out.println();
    }

    /** One line, as it is. */
    void line(String text) {
        out.println(clean(text));
    }

    /** A line that others belong to. */
    void heading(String text) {
        out.println(styled("bold", clean(text)));
    }

    /** A line that begins with a severity. */
    void severity(Severity severity, String text) {
        String style =
                switch (severity) {
                    case CRITICAL -> "bold,red";
                    case HIGH -> "red";
                    case MEDIUM -> "yellow";
                    case LOW -> "cyan";
                    case INFO -> "faint";
                };
        String word = String.format(Locale.ROOT, "%-9s", severity.word());
        out.println(styled(style, word) + " " + clean(text));
    }

    /** One check and its remedy on one line, so that it can be searched for. */
    void check(Check check) {
        String style =
                switch (check.verdict()) {
                    case OK -> "green";
                    case PROBLEM -> "bold,red";
                    case UNKNOWN -> "yellow";
                };
        String word = String.format(Locale.ROOT, "%-8s", check.verdict().word());
        String rest = check.name() + ": " + check.finding() + (check.remedy() == null ? "" : "; " + check.remedy());
        out.println(styled(style, word) + " " + clean(rest));
    }

    /** Text after a label, broken between words, every further line as deep as the first word. */
    void field(int indent, String label, String text) {
        broken(" ".repeat(indent) + label, text).forEach(out::println);
    }

    /** The same in a style, the label as well. */
    void field(String style, String label, String text) {
        broken(label, text).forEach(line -> out.println(styled(style, line)));
    }

    private static List<String> broken(String start, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(start);
        boolean empty = true;
        for (String word : clean(text).split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(" ".repeat(start.length()));
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }

    private String styled(String style, String text) {
        return ansi.enabled() && !style.isEmpty()
                ? ansi.string("@|" + style + " " + text.replace("|@", "| @") + "|@")
                : text;
    }
}
