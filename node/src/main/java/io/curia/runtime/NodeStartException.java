package io.curia.runtime;

import io.curia.core.Farewell;
import io.curia.model.RefusalReason;

/** A node could not be started, or ended before it was a member; {@link #farewell()} says why. */
public final class NodeStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Farewell farewell;

    NodeStartException(Farewell farewell) {
        super(farewell.detail());
        this.farewell = farewell;
    }

    NodeStartException(String message, Throwable cause) {
        super(message, cause);
        this.farewell = Farewell.of(Farewell.Kind.FAILED, message);
    }

    static NodeStartException duplicate(String message) {
        return new NodeStartException(Farewell.refused(RefusalReason.DUPLICATE_ID, message));
    }

    /** Returns why, as a value. */
    public Farewell farewell() {
        return farewell;
    }
}
