package dev.backstop.cli.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Lines of at most 100 columns, in colour only where it is wanted; nothing from outside can leave its line. */
final class Paper {
    static final int WIDTH = 100;

    private final PrintWriter out;
    private final boolean colour;
    private boolean atBlank;

    Paper(PrintWriter out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /** How a line looks on a terminal. */
    enum Ink {
        PLAIN(""),
        BOLD("1"),
        DIM("2"),
        RED("31"),
        BOLD_RED("1;31"),
        GREEN("32"),
        YELLOW("33"),
        BOLD_YELLOW("1;33"),
        CYAN("36");

        private final String code;

        Ink(String code) {
            this.code = code;
        }
    }

    /** One empty line, however often it is asked for. */
    void blank() {
        if (!atBlank) {
            out.println();
            out.flush();
        }
        atBlank = true;
    }

    /** A text under a heading that stands to its left; further lines are indented like the first. */
    void entry(String head, Ink headInk, String text, Ink ink) {
        List<String> lines = wrapped(clean(text), WIDTH - head.length());
        String indent = " ".repeat(head.length());
        for (int i = 0; i < lines.size(); i++) {
            print((i == 0 ? inked(clean(head), headInk) : indent) + inked(lines.get(i), ink));
        }
    }

    /** A text with a margin that stands on all of its lines. */
    void quote(String margin, String text) {
        wrapped(clean(text), WIDTH - margin.length()).forEach(line -> print(inked(margin, Ink.DIM) + line));
    }

    void line(String text, Ink ink) {
        entry("", Ink.PLAIN, text, ink);
    }

    private void print(String line) {
        out.println(line.stripTrailing());
        out.flush();
        atBlank = false;
    }

    private String inked(String text, Ink ink) {
        return colour && !ink.code.isEmpty() && !text.isEmpty()
                ? "\u001b[" + ink.code + "m" + text + "\u001b[0m"
                : text;
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}|[\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]", "?");
    }

    /** Broken at spaces where there are some. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > width / 2 ? space : width;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
