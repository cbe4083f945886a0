package io.curia.wire.message;

import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import java.util.Objects;

/**
 * Asks what the other node sees of a third one, which the asker suspects to be dead. It names no address: whoever is
 * asked looks where it knows the suspect to be, or has no opinion.
 *
 * @param suspect the node in question
 * @param incarnation which registration of it
 */
public record WitnessRequest(NodeId suspect, Incarnation incarnation) implements Request {

    static final String TYPE = "witness";

    public WitnessRequest {
        Objects.requireNonNull(suspect, "suspect");
        Objects.requireNonNull(incarnation, "incarnation");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.witness(this);
    }
}
