package io.curia.store;

import java.util.Objects;

/** An expected failure of the coordination service, told apart by {@link Kind}. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as a caller can act on it. */
    public enum Kind {
        /** The service cannot be reached; nothing was changed. */
        UNAVAILABLE,
        /** The records changed since they were read; nothing was changed. Read again and decide again. */
        CONFLICT,
        /** The epoch this write was made under is over; nothing was changed. */
        FENCED,
        /** The cluster or the record does not exist; nothing was changed. */
        NOT_FOUND,
        /** The credentials do not permit this; nothing was changed. */
        DENIED,
        /** The connection was lost before the answer: it may or may not have happened. Re-read to find out. */
        UNKNOWN_RESULT,
        /** A record could not be understood. */
        CORRUPT
    }

    private final Kind kind;

    public StoreException(Kind kind, String message) {
        this(kind, message, null);
    }

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** Returns what went wrong. */
    public Kind kind() {
        return kind;
    }
}
