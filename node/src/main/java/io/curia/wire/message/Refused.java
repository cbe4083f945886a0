package io.curia.wire.message;

import io.curia.model.RefusalReason;
import java.util.Objects;

/**
 * The joiner was not admitted, and nothing was written.
 *
 * @param reason why, for a program
 * @param detail what exactly, for a person
 * @param message the same as a sentence, where the tutorial's programs look for one
 */
public record Refused(RefusalReason reason, String detail, String message) implements Reply {

    static final String TYPE = "refused";

    public Refused {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(message, "message");
    }

    /** Returns a refusal whose message is made from its reason and detail. */
    public static Refused of(RefusalReason reason, String detail) {
        return new Refused(reason, detail, "Join refused: " + reason + ", " + detail);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.refused(this);
    }
}
