package dev.backstop.functions.message;

/** Lines of text in which a value can hold neither line breaks nor terminal escapes. */
final class PlainLines {
    private final StringBuilder text = new StringBuilder();

    void field(String name, String value) {
        add(name + ": " + value);
    }

    void add(String line) {
        text.append(Plain.line(line)).append('\n');
    }

    String text() {
        return text.toString();
    }
}
