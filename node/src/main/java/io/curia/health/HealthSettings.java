package io.curia.health;

import java.time.Duration;

/**
 * How often a check is made, and how many agreeing answers change the verdict.
 *
 * @param interval from the beginning of one check to that of the next
 * @param timeout how long one may take before it has failed
 * @param rise how many passes in a row make an unfit program fit
 * @param fall how many failures in a row make a fit one unfit
 */
public record HealthSettings(Duration interval, Duration timeout, int rise, int fall) {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST = 100;

    /** Every two seconds; unfit after one failure, fit again after two passes. */
    public static final HealthSettings DEFAULT =
            new HealthSettings(Duration.ofSeconds(2), Duration.ofSeconds(2), 2, 1);

    public HealthSettings {
        require("health interval", interval);
        require("health timeout", timeout);
        require("health rise", rise);
        require("health fall", fall);
    }

    private static void require(String what, Duration time) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + ": " + time.toMillis() + " ms (expected: "
                    + SHORTEST.toMillis() + " ms to " + LONGEST.toHours() + " h)");
        }
    }

    private static void require(String what, int count) {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException(what + ": " + count + " (expected: 1 to " + MOST + ")");
        }
    }
}
