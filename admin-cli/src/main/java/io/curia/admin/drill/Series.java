package io.curia.admin.drill;

import java.time.Duration;
import java.util.List;

/**
 * One figure over all rounds.
 *
 * @param sorted its values, ascending; never empty
 */
public record Series(List<Duration> sorted) {

    public Series {
        sorted = sorted.stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("series: empty (expected: at least one value)");
        }
    }

    /** Returns the value that this many per cent of the rounds do not exceed; 100 is the greatest. */
    public Duration percentile(int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.get(Math.max(1, rank) - 1);
    }

    public Duration median() {
        return percentile(50);
    }

    public Duration greatest() {
        return percentile(100);
    }
}
