package io.curia.bench;

import java.util.ArrayList;
import java.util.List;

/** Measured values of one kind. Percentiles are values that were measured (nearest rank), never interpolated. */
final class Series {

    private final List<Double> values = new ArrayList<>();

    synchronized void add(double value) {
        values.add(value);
    }

    synchronized List<Double> values() {
        return List.copyOf(values);
    }

    int size() {
        return values().size();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    double median() {
        return percentile(50);
    }

    /** Returns the smallest measured value that at least this share of all values do not exceed. */
    double percentile(int percent) {
        List<Double> sorted = values().stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalStateException("percentile of no values");
        }
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }

    double max() {
        return percentile(100);
    }
}
