package io.curia.wire;

import java.time.Duration;

/**
 * How long an asker waits.
 *
 * @param connect for the connection, the look-up of a host name not counted
 * @param total for everything, the connection included
 */
public record AskTimeouts(Duration connect, Duration total) {

    /** For a peer that may be busy. */
    public static final AskTimeouts DEFAULT = of(Duration.ofSeconds(1), Duration.ofSeconds(5));

    public AskTimeouts {
        if (connect.toMillis() < 1 || total.compareTo(connect) < 0) {
            throw new IllegalArgumentException("timeouts: connect " + connect + ", total " + total
                    + " (expected: 1 ms <= connect <= total)");
        }
    }

    /** Returns a deadline for the connection, and one for everything. */
    public static AskTimeouts of(Duration connect, Duration total) {
        return new AskTimeouts(connect, total);
    }

    /** Returns the same deadline for the connection and for everything. */
    public static AskTimeouts of(Duration total) {
        return new AskTimeouts(total, total);
    }
}
