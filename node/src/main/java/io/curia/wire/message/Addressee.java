package io.curia.wire.message;

import io.curia.model.Endpoint;
import io.curia.model.NodeId;
import java.util.Objects;
import java.util.Optional;

/**
 * Whom a request is meant for: the {@code dest} of somebody who may not know yet who listens there.
 *
 * @param id the node; empty when unknown, which the wire writes as {@code ""} or, in the tutorial, as {@code -1}
 * @param address the address that was dialled
 */
public record Addressee(Optional<NodeId> id, Endpoint address) {

    public Addressee {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(address, "address");
    }

    /** Returns whoever listens at {@code address}. */
    public static Addressee at(Endpoint address) {
        return new Addressee(Optional.empty(), address);
    }
}
