package io.curia.core;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One reason why a node is no candidate just now, for its decisions and for people.
 *
 * @param reason which, for a program
 * @param reach what it keeps the node from
 * @param detail one sentence for a person
 * @param until when it ends by itself, by the wall clock; empty: not by itself
 */
public record Bar(Reason reason, Reach reach, String detail, Optional<Instant> until) {

    /** Why. */
    public enum Reason {
        /** Nobody becomes master by itself for a time: an operator said so. */
        PAUSED,
        /** A switchover names another node, which is to be next. */
        GIVES_WAY,
        /** It stepped down and stays out of the queue for a time. */
        COOLDOWN,
        /** An operator took it out of the running. */
        DRAINED,
        /** It is not fit to be master, by its own account. */
        UNHEALTHY,
        /** Whether it is fit to be master was not found out yet. */
        UNCHECKED,
        /** Somebody queues behind it who is to go before it: of higher priority, or it keeps losing mastership. */
        OUTRANKED,
        /** The application, asked whether it may be promoted, said no a while ago. */
        VETOED
    }

    /** What a bar keeps a node from. */
    public enum Reach {
        /** It must not queue at all; a master must give up mastership in order. */
        QUEUE,
        /** It must not queue where it does: it goes to the end. */
        PLACE,
        /** It may queue, and must not claim. */
        CLAIM
    }

    public Bar {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(reach, "reach");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(until, "until");
    }
}
