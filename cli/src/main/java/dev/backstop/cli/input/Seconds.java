package dev.backstop.cli.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;

/** CloudTrail's times, {@code 2026-11-20T10:54:06Z}, read without making anything of them but a number. */
final class Seconds {
    /** Not a time in that form. */
    static final long NONE = Long.MIN_VALUE;

    private static final int LENGTH = 20;
    private static final int A_DAY = 86_400;

    private Seconds() {}

    static long of(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING || parser.getTextLength() != LENGTH) {
            return NONE;
        }
        char[] text = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        boolean fine = text[from + 4] == '-'
                && text[from + 7] == '-'
                && text[from + 10] == 'T'
                && text[from + 13] == ':'
                && text[from + 16] == ':'
                && text[from + 19] == 'Z'
                && year >= 0
                && hour >= 0
                && hour < 24
                && minute >= 0
                && minute < 60
                && second >= 0
                && second < 60;
        return fine && isDay(year, month, day)
                ? LocalDate.of(year, month, day).toEpochDay() * A_DAY + hour * 3_600L + minute * 60L + second
                : NONE;
    }

    private static boolean isDay(int year, int month, int day) {
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
    }

    private static int number(char[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
