package io.curia.wire.message;

import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import java.util.Objects;
import java.util.Optional;

/**
 * The connection is a lifeline now.
 *
 * @param cluster the answering node's cluster
 * @param uuid that cluster's uuid
 * @param source the answering node, and where it answers
 * @param incarnation the registration whose end the end of this connection is evidence of
 * @param epoch the highest epoch that it has seen
 * @param formerly the registration that this very process had before: if that one was removed as dead, it was not
 * @param witness whether it can be asked on this connection what it sees of others
 */
public record LifelineReply(String cluster, String uuid, Peer source, Incarnation incarnation, Epoch epoch,
        Optional<Incarnation> formerly, boolean witness) implements Reply {

    static final String TYPE = LifelineRequest.TYPE;

    public LifelineReply {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(uuid, "uuid");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(formerly, "formerly");
    }

    /**
     * Returns whether this answers {@code request}: another node of the same cluster. The two look alike, so what a
     * mirror sends back is a reply too, of the asker to itself.
     */
    public boolean answers(LifelineRequest request) {
        return cluster.equals(request.cluster()) && uuid.equals(request.uuid())
                && !source.id().equals(request.source().id());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.lifeline(this);
    }
}
