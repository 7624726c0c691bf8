package dev.backstop.cli.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/** HTML being written: elements come from code, and whatever comes from a record is escaped on its way in. */
final class Html {
    /** What could not be seen, or would turn the text around it: a name must not look like another. */
    private static final Pattern UNSEEN = Pattern.compile(
            "[\\p{Cntrl}&&[^\\n\\t]]|[\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff]|[\\ud800-\\udfff]");

    private final StringBuilder page = new StringBuilder(1 << 16);
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens an element; attributes are names and values in turn. */
    Html open(String element, String... attributes) {
        start(element, attributes);
        open.push(element);
        return this;
    }

    /** Closes the element that was opened last. */
    Html close() {
        page.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element without content. */
    Html empty(String element, String... attributes) {
        start(element, attributes);
        return this;
    }

    /** An element with text only. */
    Html element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    Html text(String text) {
        page.append(escaped(text));
        return this;
    }

    /** Code of our own: a style sheet. */
    Html raw(String code) {
        page.append(code);
        return this;
    }

    private void start(String element, String... attributes) {
        page.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            page.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        page.append('>');
    }

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        String seen = UNSEEN.matcher(text).replaceAll("\ufffd");
        for (int i = 0; i < seen.length(); i++) {
            char c = seen.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return page.toString();
    }
}
