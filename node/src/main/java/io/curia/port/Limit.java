package io.curia.port;

import java.time.Duration;

/** What every limit of a port must be: one that lets nobody in would be a mistake. */
public final class Limit {

    private Limit() {
    }

    /** Throws IllegalArgumentException, with the name of the limit, if it allows for none. */
    public static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
        }
    }

    /** Throws IllegalArgumentException, with the name of the limit, if it allows for no time. */
    public static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than nothing)");
        }
    }
}
