package io.curia.zookeeper.server;

import java.io.IOException;

/** An ensemble could not be started, or does not serve; the message says why and what to do about it. */
public final class EnsembleException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What stands in the way. */
    public enum Reason {
        /** Somebody listens on a port that a server needs. */
        PORT_IN_USE,
        /** Another ensemble runs on this data directory. */
        DATA_IN_USE,
        /** The data directory holds an ensemble of another size. */
        OTHER_SIZE,
        /** A server process ended by itself. */
        SERVER_DIED,
        /** The servers run, and too few of them serve in time. */
        NOT_SERVING
    }

    private final Reason reason;

    EnsembleException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Returns what stands in the way. */
    public Reason reason() {
        return reason;
    }
}
