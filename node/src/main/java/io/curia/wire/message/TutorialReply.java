package io.curia.wire.message;

import java.util.Objects;

/**
 * The answer to a {@link TutorialJoin} in the same three fields: the asker is a guest now, for as long as this
 * connection stands.
 *
 * @param source the member that holds the guest
 * @param dest the guest
 * @param message words for a person
 */
public record TutorialReply(Peer source, Peer dest, String message) implements Reply {

    public TutorialReply {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(dest, "dest");
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String type() {
        return "";
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.tutorialReply(this);
    }
}
