package dev.backstop.functions.line;

import java.util.Locale;

/** Lines of text in which a value can hold neither line breaks nor terminal escapes. */
final class PlainLines {
    private final StringBuilder text = new StringBuilder();

    void field(String name, String value) {
        add(String.format(Locale.ROOT, "%-10s%s", name, value));
    }

    void add(String line) {
        text.append(line.replaceAll("\\p{Cntrl}|[\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]", "?"))
                .append('\n');
    }

    String text() {
        return text.toString();
    }
}
