package io.curia.wire.message;

import io.curia.model.Endpoint;
import io.curia.model.NodeId;
import java.util.Objects;

/**
 * A node and where it answers: the {@code source} of a message, and the {@code dest} of an answer.
 *
 * @param id the node
 * @param address where its port can be dialled, as it says itself
 */
public record Peer(NodeId id, Endpoint address) {

    public Peer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(address, "address");
    }
}
