package io.curia.model;

import java.time.Instant;
import java.util.Objects;

/**
 * Until when nobody becomes master by itself ({@code pause}): whoever is master stays so, and whoever is not does not
 * claim, unless an operator forces it.
 *
 * @param until when it ends by itself, compared with each node's own wall clock
 * @param actor who wants it
 * @param reason why, in the actor's words; may be empty
 * @param at when it was asked for, by the actor's wall clock
 */
public record Pause(Instant until, String actor, String reason, Instant at) {

    public Pause {
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(at, "at");
    }

    /** Returns whether it holds at this moment. */
    public boolean holds(Instant now) {
        return now.isBefore(until);
    }
}
