package io.curia.model;

import java.time.Instant;
import java.util.Objects;

/**
 * How a tenure ended, written into the {@code master} record.
 *
 * <p>{@code confirmed} says that the old master holds no validity any more: it said so itself, or it was proven
 * dead. An unconfirmed ending was decided over its head; whoever follows waits out the old master's clock guard
 * unless the confirmation arrives first.
 *
 * @param cause why
 * @param confirmed whether the old master is known to be invalid
 * @param actor who ended it: the master's own id, or the operator
 * @param reason why, in the actor's words; may be empty
 * @param at when, by the actor's wall clock
 */
public record Ending(Cause cause, boolean confirmed, String actor, String reason, Instant at) {

    public Ending {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(at, "at");
    }
}
