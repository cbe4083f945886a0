package io.curia.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The wish that one master hand over in order ({@code switchover}). It is about one epoch: once another has been
 * claimed it asks nothing of anybody, whether or not it was settled. The master settles it in the transaction in
 * which it steps aside, so it cannot act twice.
 *
 * <p>Its times are compared with each node's own wall clock.
 *
 * @param id random, so that whoever asked recognises what became of it
 * @param from the master that is to hand over
 * @param fromEpoch its epoch
 * @param target who is to follow; empty: whoever is next in the queue
 * @param cause what the tenure will be said to have ended by: SWITCHOVER or STEP_DOWN
 * @param forced whether {@code from} was put out over its head, or the cluster may be paused
 * @param notBefore when it may begin
 * @param deadline when it is void unless it has begun
 * @param cooldown how long {@code from} stays out of the queue afterwards, if anybody else is in it
 * @param actor who wants it
 * @param reason why, in the actor's words; may be empty
 * @param at when it was asked for, by the actor's wall clock
 * @param outcome what became of it; empty while it is pending
 */
public record Switchover(String id, NodeId from, Epoch fromEpoch, Optional<NodeId> target, Cause cause,
        boolean forced, Instant notBefore, Instant deadline, Duration cooldown, String actor, String reason,
        Instant at, Optional<Outcome> outcome) {

    /** In which way a switchover was settled. */
    public enum End {
        /** The master stepped aside for it. */
        HANDED_OVER,
        /** An operator withdrew it. */
        CANCELLED,
        /** Its deadline passed before it could begin. */
        EXPIRED,
        /** Another epoch was claimed first. */
        OVERTAKEN,
        /** Whoever was to follow queues no longer, or does not answer: it died, left, is frozen, may not queue. */
        TARGET_GONE,
        /** In a way that only a later version has a word for. */
        OTHER
    }

    /**
     * What became of a switchover.
     *
     * @param end in which way it was settled
     * @param detail one sentence for a person
     * @param actor who settled it: a node's id, or the operator
     * @param at when, by the actor's wall clock
     */
    public record Outcome(End end, String detail, String actor, Instant at) {
        public Outcome {
            Objects.requireNonNull(end, "end");
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(actor, "actor");
            Objects.requireNonNull(at, "at");
        }
    }

    public Switchover {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(fromEpoch, "fromEpoch");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(notBefore, "notBefore");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(cooldown, "cooldown");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(outcome, "outcome");
        if (cause != Cause.SWITCHOVER && cause != Cause.STEP_DOWN) {
            throw new IllegalArgumentException("cause: " + cause + " (expected: SWITCHOVER or STEP_DOWN)");
        }
    }

    /** Returns whether nobody has settled it yet. */
    public boolean pending() {
        return outcome.isEmpty();
    }

    /** Returns whether it is pending and its time has come and not passed. */
    public boolean due(Instant now) {
        return pending() && !now.isBefore(notBefore) && now.isBefore(deadline);
    }

    /** Returns whether it may still happen at this moment, where this is the highest epoch claimed. */
    public boolean stands(Epoch epoch, Instant now) {
        return pending() && now.isBefore(deadline) && fromEpoch.equals(epoch);
    }

    /** Returns this switchover, settled. */
    public Switchover settled(Outcome how) {
        return new Switchover(id, from, fromEpoch, target, cause, forced, notBefore, deadline, cooldown, actor,
                reason, at, Optional.of(how));
    }

    /** Returns when {@code from} may queue again after it has handed over; empty if it has not. */
    public Optional<Instant> restsUntil() {
        return outcome.filter(how -> how.end() == End.HANDED_OVER).map(how -> how.at().plus(cooldown));
    }

    /** Returns whether the order of the queue matters to anybody because of this, at this moment. */
    public boolean concernsQueue(Instant now) {
        return pending() && now.isBefore(deadline) || restsUntil().filter(now::isBefore).isPresent();
    }
}
