package io.curia.wire;

import java.time.Duration;

/**
 * How long a {@link Probe} waits. Only the attempt to connect is bounded by the network; a node that runs answers at
 * once, and one whose accepting kernel is all that is left never does.
 *
 * @param connect for the connection, at least 1 ms
 * @param answer from the connection to the answer, at least 1 ms
 */
public record ProbeTimeouts(Duration connect, Duration answer) {

    /** For nodes of one data centre. */
    public static final ProbeTimeouts DEFAULT = new ProbeTimeouts(Duration.ofMillis(100), Duration.ofMillis(100));

    public ProbeTimeouts {
        if (connect.toMillis() < 1 || answer.toMillis() < 1) {
            throw new IllegalArgumentException("timeouts: connect " + connect + ", answer " + answer
                    + " (expected: at least 1 ms each)");
        }
    }
}
