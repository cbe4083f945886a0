package io.curia.wire.message;

import java.util.Objects;

/**
 * The tutorial's request to be added to the cluster, from a program that knows neither types nor ZooKeeper.
 *
 * @param source the program: its id, and an address that it need not listen on
 * @param dest whom it asks
 * @param message words for a person
 */
public record TutorialJoin(Peer source, Addressee dest, String message) implements Request {

    public TutorialJoin {
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
        return visitor.tutorialJoin(this);
    }
}
