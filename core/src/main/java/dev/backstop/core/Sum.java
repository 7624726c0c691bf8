package dev.backstop.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the calls in a window come to. */
record Sum(int calls, Map<String, Integer> byCall, long services, long regions, double dollarsAnHour) {
    /** As many as fit on a phone. */
    private static final int NAMED = 8;

    static Sum of(Collection<TimelineEntry> entries) {
        Map<String, Integer> byCall = new TreeMap<>();
        entries.forEach(entry -> byCall.merge(entry.what(), 1, Integer::sum));
        List<Marks> marks =
                entries.stream().flatMap(entry -> Marks.of(entry).stream()).toList();
        return new Sum(
                entries.size(),
                byCall,
                byCall.keySet().stream().map(Sum::service).distinct().count(),
                marks.stream().map(Marks::region).distinct().count(),
                marks.stream().mapToDouble(Marks::dollarsAnHour).sum());
    }

    boolean reaches(Window window) {
        return calls >= window.calls()
                && services >= window.services()
                && byCall.size() >= window.actions()
                && regions >= window.regions()
                && dollarsAnHour >= window.dollarsAnHour();
    }

    /** {@code 12 calls of 3 services: ec2:DeleteVolume 9, rds:DeleteDBInstance 2, s3:DeleteBucket 1}. */
    String words(Window window) {
        List<Map.Entry<String, Integer>> most = byCall.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        String named = most.stream()
                .limit(NAMED)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return calls + " calls of " + services + (services == 1 ? " service" : " services")
                + (window.regions() > 0 ? " in " + regions + " Regions" : "")
                + (window.dollarsAnHour() > 0
                        ? " that cost about $" + String.format(Locale.ROOT, "%.2f", dollarsAnHour) + " an hour"
                        : "")
                + ": " + named + (most.size() > NAMED ? " and " + (most.size() - NAMED) + " others" : "");
    }

    private static String service(String call) {
        return call.substring(0, Math.max(0, call.indexOf(':')));
    }
}
