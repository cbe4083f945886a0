package io.curia.admin.drill;

/** A drill cannot do what it should: the message says what, and what to do about it. */
public final class DrillException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DrillException(String message) {
        this(message, null);
    }

    public DrillException(String message, Throwable cause) {
        super(message, cause);
    }
}
