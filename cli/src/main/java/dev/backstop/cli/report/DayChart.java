package dev.backstop.cli.report;

import dev.backstop.core.Severity;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Findings over time as a drawing of stacked bars: a day each, a week or a month where there would be too many. */
final class DayChart {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 190;
    private static final int LEFT = 44;
    private static final int TOP = 12;
    private static final int BARS = 62;
    private static final int WIDEST = 56;
    private static final int WEEK = 7;

    private final NavigableMap<LocalDate, Map<Severity, Long>> bars;
    private final String unit;

    private DayChart(NavigableMap<LocalDate, Map<Severity, Long>> bars, String unit) {
        this.bars = bars;
        this.unit = unit;
    }

    /** @param days not empty */
    static DayChart of(Map<LocalDate, Map<Severity, Long>> days) {
        TreeMap<LocalDate, Map<Severity, Long>> sorted = new TreeMap<>(days);
        long span = ChronoUnit.DAYS.between(sorted.firstKey(), sorted.lastKey()) + 1;
        String unit = span <= BARS ? "day" : span <= (long) BARS * WEEK ? "week" : "month";
        TreeMap<LocalDate, Map<Severity, Long>> bars = new TreeMap<>();
        sorted.forEach((day, counts) -> {
            Map<Severity, Long> bar = bars.computeIfAbsent(begin(day, unit), _ -> new EnumMap<>(Severity.class));
            counts.forEach((severity, count) -> bar.merge(severity, count, Long::sum));
        });
        return new DayChart(bars, unit);
    }

    String unit() {
        return unit;
    }

    /** What the drawing shows, for those who do not see it, and with the numbers for those who do. */
    Map<LocalDate, Map<Severity, Long>> bars() {
        return bars;
    }

    void draw(Html html) {
        long most = nice(bars.values().stream().mapToLong(DayChart::sum).max().orElse(1));
        LocalDate first = bars.firstKey();
        long slots = Math.max(slot(first, bars.lastKey()) + 1, 1);
        double step = (double) (WIDTH - LEFT) / slots;
        double width = Math.min(step * 0.78, WIDEST);
        html.open(
                "svg",
                "viewBox",
                "0 0 " + WIDTH + " " + (HEIGHT + TOP + 26),
                "role",
                "img",
                "aria-label",
                "Bar chart of findings a " + unit + " by severity; the numbers are in the table below it");
        for (int line = 0; line <= 2; line++) {
            double y = TOP + HEIGHT - HEIGHT * line / 2.0;
            html.empty("line", "class", "axis", "x1", "" + LEFT, "x2", "" + WIDTH, "y1", at(y), "y2", at(y))
                    .raw("</line>");
            html.element("text", "" + most * line / 2, "x", "" + (LEFT - 8), "y", at(y + 4), "text-anchor", "end");
        }
        long every = Math.max(1, (slots + 9) / 10);
        bars.forEach((day, counts) -> {
            long slot = slot(first, day);
            double x = LEFT + slot * step + (step - width) / 2;
            bar(html, day, counts, x, width, (double) HEIGHT / most);
        });
        for (long slot = 0; slot < slots; slot += every) {
            String day = day(first, slot).toString();
            html.element(
                    "text",
                    unit.equals("month") ? day.substring(0, 7) : day.substring(5),
                    "x",
                    at(LEFT + (slot + 0.5) * step),
                    "y",
                    "" + (HEIGHT + TOP + 18),
                    "text-anchor",
                    "middle");
        }
        html.close();
    }

    private void bar(Html html, LocalDate day, Map<Severity, Long> counts, double x, double width, double each) {
        double y = TOP + HEIGHT;
        html.open("g").element("title", words(day, counts));
        for (Severity severity : worstFirst()) {
            long count = counts.getOrDefault(severity, 0L);
            if (count > 0) {
                double height = count * each;
                y -= height;
                html.empty(
                                "rect",
                                "class",
                                severity.word(),
                                "x",
                                at(x),
                                "y",
                                at(y),
                                "width",
                                at(width),
                                "height",
                                at(Math.max(height - 0.6, 0.8)))
                        .raw("</rect>");
            }
        }
        html.close();
    }

    private String words(LocalDate day, Map<Severity, Long> counts) {
        StringBuilder words = new StringBuilder(unit.equals("day") ? "" : "from ")
                .append(day)
                .append(": ")
                .append(sum(counts));
        for (Severity severity : worstFirst()) {
            if (counts.containsKey(severity)) {
                words.append(", ").append(counts.get(severity)).append(' ').append(severity.word());
            }
        }
        return words.toString();
    }

    static List<Severity> worstFirst() {
        return List.of(Severity.values()).reversed();
    }

    static long sum(Map<Severity, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static LocalDate begin(LocalDate day, String unit) {
        return switch (unit) {
            case "day" -> day;
            case "week" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            default -> day.withDayOfMonth(1);
        };
    }

    private long slot(LocalDate first, LocalDate day) {
        return switch (unit) {
            case "day" -> ChronoUnit.DAYS.between(first, day);
            case "week" -> ChronoUnit.WEEKS.between(first, day);
            default -> ChronoUnit.MONTHS.between(first, day);
        };
    }

    private LocalDate day(LocalDate first, long slot) {
        return switch (unit) {
            case "day" -> first.plusDays(slot);
            case "week" -> first.plusWeeks(slot);
            default -> first.plusMonths(slot);
        };
    }

    /** The least even number with one or two digits that count, and zeroes, that is enough. */
    private static long nice(long most) {
        long nice = 2;
        for (long scale = 1; nice < most; scale *= 10) {
            for (long step : new long[] {2, 4, 6, 8, 10, 14, 20}) {
                nice = step * scale;
                if (nice >= most) {
                    return nice;
                }
            }
        }
        return nice;
    }

    private static String at(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
