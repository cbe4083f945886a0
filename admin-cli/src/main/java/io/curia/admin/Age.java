package io.curia.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Points in time and lengths of it, as short as a table needs them. */
final class Age {

    private Age() {
    }

    /** Returns {@code 45s}, {@code 5m}, {@code 2h5m} or {@code 3d4h}; {@code 0s} for what clocks put in the future. */
    static String of(Instant then, Instant now) {
        return spell(Duration.between(then, now));
    }

    /** Returns {@code instant} as tables spell it: RFC 3339 in UTC, to the second. */
    static String exactly(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns {@code duration} with its two greatest units; a negative one counts as none. */
    static String spell(Duration duration) {
        if (duration.toSeconds() < 60) {
            return Math.max(0, duration.toSeconds()) + "s";
        }
        if (duration.toMinutes() < 60) {
            return duration.toMinutes() + "m";
        }
        if (duration.toHours() < 24) {
            return duration.toHours() + "h" + unlessZero(duration.toMinutesPart(), "m");
        }
        return duration.toDays() + "d" + unlessZero(duration.toHoursPart(), "h");
    }

    private static String unlessZero(int amount, String unit) {
        return amount == 0 ? "" : amount + unit;
    }
}
