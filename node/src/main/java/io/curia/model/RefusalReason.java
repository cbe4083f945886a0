package io.curia.model;

/** Why a request to join was refused. The names are part of the wire protocol. */
public enum RefusalReason {
    /** Another live process holds this id. */
    DUPLICATE_ID(true),
    /** The id was evicted and its ban has not ended. */
    EVICTED(true),
    /** The request names another cluster. */
    WRONG_CLUSTER(true),
    /** The protocol version is not spoken here. */
    VERSION(true),
    /** The advertised address did not answer as the joiner when it was dialled back. */
    UNREACHABLE(true),
    /** The proof of the shared secret is missing or wrong, or guests are not let in. */
    UNAUTHORIZED(true),
    /** The request is well-formed JSON but no valid join: a bad id, address or tag. */
    INVALID(true),
    /** This member cannot admit anybody now (no ZooKeeper); another one may. */
    UNAVAILABLE(false),
    /** This member has too many joins under way; try again. */
    BUSY(false);

    private final boolean isFinal;

    RefusalReason(boolean isFinal) {
        this.isFinal = isFinal;
    }

    /** Returns whether asking again, or asking another member, would get the same answer. */
    public boolean isFinal() {
        return isFinal;
    }
}
