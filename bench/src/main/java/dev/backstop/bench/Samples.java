package dev.backstop.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured values of one kind: the middle one, and the one that 95 of 100 do not exceed. */
final class Samples {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        return quantile(0.5);
    }

    double p95() {
        return quantile(0.95);
    }

    /** The samples from one index to another, in the order they were taken. */
    Samples between(int from, int to) {
        Samples some = new Samples();
        some.values.addAll(values.subList(from, to));
        return some;
    }

    double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private double quantile(double share) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.floor(share * (sorted.size() - 1)));
    }
}
