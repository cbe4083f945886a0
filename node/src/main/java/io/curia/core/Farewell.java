package io.curia.core;

import io.curia.model.RefusalReason;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a node ended, and what a person needs to know of it.
 *
 * @param kind in which way
 * @param refusal why the join was refused; present exactly if {@code REFUSED}
 * @param detail one sentence for a person
 */
public record Farewell(Kind kind, Optional<RefusalReason> refusal, String detail) {

    /** In which way a node ended. */
    public enum Kind {
        /** It was asked to stop and left. */
        LEFT,
        /** It was not let in. */
        REFUSED,
        /** An operator evicted it. */
        EVICTED,
        /** Nobody that it was told to ask answered. */
        NO_PEER,
        /** ZooKeeper could not be reached in the time given for it. */
        UNREACHABLE,
        /** ZooKeeper does not permit what it must do. */
        DENIED,
        /** It cannot go on; a bug, or records it cannot read. */
        FAILED
    }

    public Farewell {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(refusal, "refusal");
        Objects.requireNonNull(detail, "detail");
    }

    public static Farewell of(Kind kind, String detail) {
        return new Farewell(kind, Optional.empty(), detail);
    }

    public static Farewell refused(RefusalReason reason, String detail) {
        return new Farewell(Kind.REFUSED, Optional.of(reason), detail);
    }
}
