package io.curia.wire.message;

/** Why a line got no proper answer. The names are part of the wire protocol. */
public enum ErrorCode {
    /** The line is not one JSON object in UTF-8. */
    NOT_JSON,
    /** The line is longer than {@link MessageCodec#MAX_LINE} bytes. */
    TOO_LONG,
    /** The message's type is not known here. */
    UNKNOWN_TYPE,
    /** The message's version is not spoken here. */
    UNKNOWN_VERSION,
    /** A field is missing or has a value that it cannot have. */
    INVALID,
    /** The line, the next request or the answer to one did not come in time. */
    TIMEOUT,
    /** The node has as many connections, or as much to remember, as it allows itself; try again. */
    BUSY,
    /** The node cannot answer this now, because it has not seen the cluster yet. */
    UNAVAILABLE,
    /** The node failed while it answered; its log says why. */
    INTERNAL,
    /** A code of a later version, which this one does not know. */
    OTHER
}
