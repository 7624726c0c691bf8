package dev.backstop.functions.message;

import java.util.regex.Pattern;

/**
 * Values within Slack's <a href="https://docs.slack.dev/messaging/formatting-message-text/">mrkdwn</a>: as code, the one
 * place where it reads nothing as a mention, a link, an emoji or formatting, and from which ids can be copied whole.
 */
final class SlackText {
    private static final Pattern ADDRESS = Pattern.compile("https://[^\\s|<>\"`]+");

    private SlackText() {}

    /** A value of at most so many characters as a code span; a backquote would end it. */
    static String code(String value, int most) {
        return "`" + entities(Plain.first(Plain.line(value).replace('`', '\''), most)) + "`";
    }

    /** A link where there is an address to go to, else the text as it is. */
    static String link(String address, String text) {
        return isAddress(address) ? "<" + entities(address) + "|" + entities(text) + ">" : code(address, 300);
    }

    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    static String entities(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
