package io.curia.bench;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What a measured series is to stay below.
 *
 * @param statistic which figure of the series
 * @param limit the largest value that meets the goal
 */
record Goal(Statistic statistic, double limit) {

    /** A figure of a series. */
    enum Statistic {
        MEDIAN(Series::median), P99(series -> series.percentile(99)), MAX(Series::max);

        private final ToDoubleFunction<Series> of;

        Statistic(ToDoubleFunction<Series> of) {
            this.of = of;
        }

        double of(Series series) {
            return of.applyAsDouble(series);
        }
    }

    static Goal median(double limit) {
        return new Goal(Statistic.MEDIAN, limit);
    }

    static Goal p99(double limit) {
        return new Goal(Statistic.P99, limit);
    }

    static Goal max(double limit) {
        return new Goal(Statistic.MAX, limit);
    }

    boolean isMetBy(Series series) {
        return statistic.of(series) <= limit;
    }

    @Override
    public String toString() {
        return statistic.name().toLowerCase(Locale.ROOT) + " <= " + Figures.shortly(limit);
    }
}
