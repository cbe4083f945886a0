package io.curia.bench;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How figures are written: three significant digits are more than any of these measurements deserves. */
final class Figures {

    private Figures() {
    }

    static String shortly(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }

    static double millis(long nanos) {
        return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
