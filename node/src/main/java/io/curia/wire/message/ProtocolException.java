package io.curia.wire.message;

import io.curia.model.RefusalReason;
import java.util.Objects;

/** A line that is no message of this protocol, with the answer that its sender deserves. */
public final class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final boolean join;

    ProtocolException(ErrorCode code, String detail, boolean join, Throwable cause) {
        super(detail, cause);
        this.code = Objects.requireNonNull(code, "code");
        this.join = join;
    }

    public ProtocolException(ErrorCode code, String detail) {
        this(code, detail, false, null);
    }

    /** Returns that this message, a good one in itself, is out of place. */
    public static ProtocolException unexpected(Message message) {
        return new ProtocolException(ErrorCode.INVALID, "type: \"" + message.type() + "\" was not expected here");
    }

    /** Returns the same trouble, found in a request to join. */
    ProtocolException inJoin() {
        return new ProtocolException(code, getMessage(), true, this);
    }

    /** Returns what is wrong with the line. */
    public ErrorCode code() {
        return code;
    }

    /** Returns the answer to the line: a refusal if it asks to join, else an error. */
    public Reply answer() {
        if (!join) {
            return new ErrorReply(code, getMessage());
        }
        RefusalReason reason = code == ErrorCode.UNKNOWN_VERSION ? RefusalReason.VERSION : RefusalReason.INVALID;
        return Refused.of(reason, getMessage());
    }
}
