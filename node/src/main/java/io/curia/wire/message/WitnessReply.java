package io.curia.wire.message;

import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import java.util.Objects;

/**
 * What a node sees of another, from one look of its own after it was asked.
 *
 * @param suspect the node in question
 * @param incarnation which registration of it
 * @param seen what became of that registration's process, as far as one look shows
 */
public record WitnessReply(NodeId suspect, Incarnation incarnation, Seen seen) implements Reply {

    static final String TYPE = WitnessRequest.TYPE;

    /** What one look shows. The names are part of the wire protocol. */
    public enum Seen {
        /** It answered. */
        ALIVE,
        /** Its host said that nobody listens there. */
        REFUSED,
        /** A later registration of the same node answered. */
        NEWER,
        /** There was no way to it. */
        UNREACHABLE,
        /** It accepted the connection and did not say who it is. */
        UNCLEAR,
        /** The witness does not know where to look, or found somebody else; or says what a later version can say. */
        UNKNOWN
    }

    public WitnessReply {
        Objects.requireNonNull(suspect, "suspect");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(seen, "seen");
    }

    /** Returns whether this answers {@code request}. */
    public boolean answers(WitnessRequest request) {
        return suspect.equals(request.suspect()) && incarnation.equals(request.incarnation());
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
