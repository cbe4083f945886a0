package io.curia.wire.message;

import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import java.util.Objects;

/**
 * Asks for this connection to be a lifeline: both ends keep it while they run, and close it on purpose only with a
 * {@link Goodbye}.
 *
 * @param cluster the asker's cluster
 * @param uuid that cluster's uuid
 * @param source the asker, and where it answers
 * @param incarnation its registration
 * @param epoch the highest epoch that it has seen
 * @param heir whether it may take over from the answering node, and is to be told {@link Yielded}
 */
public record LifelineRequest(String cluster, String uuid, Peer source, Incarnation incarnation, Epoch epoch,
        boolean heir) implements Request {

    static final String TYPE = "lifeline";

    public LifelineRequest {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(uuid, "uuid");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(epoch, "epoch");
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
