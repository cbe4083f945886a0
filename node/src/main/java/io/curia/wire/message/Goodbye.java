package io.curia.wire.message;

import java.util.Objects;

/**
 * The sender closes this connection on purpose and says nothing more on it: its end is no evidence of a crash.
 *
 * @param reason why, for a person
 */
public record Goodbye(String reason) implements Notice {

    static final String TYPE = "goodbye";

    public Goodbye {
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.goodbye(this);
    }
}
