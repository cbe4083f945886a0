package io.curia.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * A node's own word that it was not to be promoted when it was asked last. It keeps the node out of the queue for a
 * while and is remembered beyond that, until the node becomes master or registers anew: the last answer was a no.
 *
 * @param reason what its application said, at most {@value Illness#MAX_REASON_CHARS} characters
 * @param at when
 * @param until when the node queues again, to be asked again
 */
public record Veto(String reason, Instant at, Instant until) {

    public Veto {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(until, "until");
        reason = Illness.bounded(reason);
    }

    /** Returns whether the node stays out of the queue at this moment. */
    public boolean runs(Instant now) {
        return now.isBefore(until);
    }

    /** Returns this in a sentence's half, for people. */
    public String words() {
        return "refused promotion at " + at.truncatedTo(ChronoUnit.SECONDS) + ": " + reason;
    }
}
