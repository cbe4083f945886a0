package io.curia.admin.witness;

import io.curia.wire.NoAnswerException;

/** What is found at a node's address. */
public enum Sight {
    /** A node answered. */
    ANSWERED("answers"),
    /** The host says that nobody listens there. */
    REFUSED("connection refused"),
    /** The connection was accepted, and nothing was said. */
    SILENT("accepts, says nothing"),
    /** The connection was accepted and closed without an answer. */
    HUNG_UP("hangs up"),
    /** No connection, or no way to the host, or no such host. */
    UNREACHABLE("not reached"),
    /** What answers does not speak this protocol. */
    STRANGER("a stranger answers");

    private final String words;

    Sight(String words) {
        this.words = words;
    }

    /** Returns it as a person reads it. */
    public String words() {
        return words;
    }

    /** Returns what the failure to connect shows. */
    static Sight ofDialling(NoAnswerException.Kind kind) {
        return switch (kind) {
            case REFUSED -> REFUSED;
            case CLOSED -> HUNG_UP;
            case TIMEOUT, UNREACHABLE, UNKNOWN_HOST, PROTOCOL, DECLINED -> UNREACHABLE;
        };
    }

    /** Returns what the failure to answer on a connection that stands shows. */
    static Sight ofAsking(NoAnswerException.Kind kind) {
        return switch (kind) {
            case PROTOCOL -> STRANGER;
            case CLOSED -> HUNG_UP;
            case TIMEOUT, REFUSED, UNREACHABLE, UNKNOWN_HOST, DECLINED -> SILENT;
        };
    }
}
