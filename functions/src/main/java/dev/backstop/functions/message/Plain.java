package dev.backstop.functions.message;

import java.util.regex.Pattern;

/** Text that shows as what it is: in it nothing breaks a line, moves a cursor, turns the reading order or hides. */
final class Plain {
    /** Control and format characters (bidirectional, zero width, tags), line separators, what no font has, half pairs. */
    private static final Pattern TREACHEROUS =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\u2028\\u2029\\u115f\\u1160\\u3164\\uffa0]");

    private static final Pattern NOT_ASCII = Pattern.compile("[^ -~]");
    private static final String ELLIPSIS = "...";

    private Plain() {}

    /** One line, each treacherous character a question mark. */
    static String line(String text) {
        return TREACHEROUS.matcher(text).replaceAll("?");
    }

    /** One line of printable ASCII without quotes or backslashes, which can stand in any field of any format. */
    static String ascii(String text) {
        return NOT_ASCII.matcher(line(text)).replaceAll("?").replaceAll("[\"\\\\]", "'");
    }

    /** At most so many characters, the end cut off where there are more, a pair of surrogates never in two. */
    static String first(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Math.max(0, most - ELLIPSIS.length());
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }
}
