package io.curia.model;

import java.time.Instant;
import java.util.Objects;

/**
 * A node's own word that it is not fit to be master now. Forgotten when it registers anew.
 *
 * @param reason what its health check said, at most {@value #MAX_REASON_CHARS} characters
 * @param at since when
 */
public record Illness(String reason, Instant at) {

    /** How much of what a check says is kept. */
    public static final int MAX_REASON_CHARS = 300;

    public Illness {
        Objects.requireNonNull(at, "at");
        reason = bounded(reason);
    }

    /** Returns as much of what a program says as is kept. */
    static String bounded(String reason) {
        return reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS - 1) + "…";
    }

    /** Returns this in a sentence's half, for people. */
    public String words() {
        return "unhealthy: " + reason;
    }
}
