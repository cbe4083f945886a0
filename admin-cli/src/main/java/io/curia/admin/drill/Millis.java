package io.curia.admin.drill;

import java.time.Duration;
import java.util.Locale;

/** Durations as reports spell them: milliseconds with one decimal. */
public final class Millis {

    private Millis() {
    }

    /** Returns {@code duration} in milliseconds, rounded to a tenth. */
    public static double of(Duration duration) {
        return Math.round(duration.toNanos() / 100_000.0) / 10.0;
    }

    /** Returns {@link #of} as text, the same in every language. */
    public static String spell(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", of(duration));
    }
}
