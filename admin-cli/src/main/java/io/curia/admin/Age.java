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
        Duration age = Duration.between(then, now);
        return spell(Duration.ofSeconds(Math.max(0, age.toSeconds())));
    }

    /** Returns {@code instant} as tables spell it: RFC 3339 in UTC, to the second. */
    static String exactly(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns {@code duration}, which is not negative, in its two greatest units; below a second in {@code ms}. */
    static String spell(Duration duration) {
        if (duration.toSeconds() < 60) {
            return duration.toMillis() % 1000 == 0 || duration.toSeconds() > 0 ? duration.toSeconds() + "s"
                    : duration.toMillis() + "ms";
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
