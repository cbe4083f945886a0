package io.curia.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * What a node has to bear for masterships that it lost soon after it had won them: until it ends, every candidate
 * without one goes before it.
 *
 * @param strikes how many in a row
 * @param epoch the last of these masterships
 * @param reason how that one was lost
 * @param at when this was written
 * @param until when the penalty ends; {@code at} if there is none yet
 */
public record Penalty(int strikes, Epoch epoch, String reason, Instant at, Instant until) {

    public Penalty {
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(until, "until");
        if (strikes < 1) {
            throw new IllegalArgumentException("strikes: " + strikes + " (expected: >= 1)");
        }
    }

    /** Returns whether the node is held back at this moment. */
    public boolean runs(Instant now) {
        return now.isBefore(until);
    }

    /** Returns this in a sentence's half, for people. */
    public String words() {
        return "flapping: lost mastership " + strikes + " times soon after it was elected, last in epoch " + epoch
                + " (" + reason + "), goes behind others until "
                + until.truncatedTo(ChronoUnit.SECONDS);
    }
}
