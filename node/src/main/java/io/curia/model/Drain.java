package io.curia.model;

import java.time.Instant;
import java.util.Objects;

/**
 * An operator's word that a node is no candidate until he takes it back.
 *
 * @param actor who said so
 * @param reason why, in the actor's words; may be empty
 * @param at when
 */
public record Drain(String actor, String reason, Instant at) {

    public Drain {
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(at, "at");
    }

    /** Returns this in a sentence's half, for people. */
    public String words() {
        return "drained by " + actor + (reason.isEmpty() ? "" : ": " + reason);
    }
}
