package io.curia.store;

import java.util.Objects;

/**
 * How a conditional write of a {@link NodeSession} ended.
 *
 * @param kind in which way
 * @param version the data version that the record written to has now; meaningful only if {@code DONE}
 * @param detail what a person would want to know of it; empty if {@code DONE}
 */
public record Outcome(Kind kind, int version, String detail) {

    /** In which way a write ended. */
    public enum Kind {
        /** It was committed. */
        DONE,
        /** A condition did not hold; nothing was changed. */
        CONFLICT,
        /** The fence did not hold: the epoch is over; nothing was changed. */
        FENCED,
        /** The credentials do not permit it; nothing was changed. */
        DENIED,
        /** The answer was lost: it may or may not have been committed. */
        UNKNOWN
    }

    public Outcome {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
    }

    public static Outcome done(int version) {
        return new Outcome(Kind.DONE, version, "");
    }

    public static Outcome of(Kind kind, String detail) {
        return new Outcome(kind, 0, detail);
    }

    public boolean isDone() {
        return kind == Kind.DONE;
    }
}
