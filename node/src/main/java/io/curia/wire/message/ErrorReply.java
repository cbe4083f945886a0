package io.curia.wire.message;

import java.util.Objects;

/**
 * The request was not carried out.
 *
 * @param code why, for a program
 * @param detail what exactly, for a person
 */
public record ErrorReply(ErrorCode code, String detail) implements Reply {

    static final String TYPE = "error";

    public ErrorReply {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(detail, "detail");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.error(this);
    }
}
