package io.curia.wire.message;

import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import java.util.Objects;
import java.util.Optional;

/**
 * Who listens here: proof that this very run of the node is there.
 *
 * @param id the node
 * @param incarnation its present registration, or the one that it is about to make
 * @param cluster the cluster that it is in or means to join
 * @param uuid that cluster's uuid; empty until the node has learned it
 */
public record Pong(NodeId id, Incarnation incarnation, String cluster, Optional<String> uuid) implements Reply {

    static final String TYPE = "pong";

    public Pong {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(uuid, "uuid");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.pong(this);
    }
}
