package io.curia.core;

import io.curia.model.NodeId;
import io.curia.model.Priority;
import java.time.Instant;
import java.util.Objects;

/**
 * Somebody in the latch's queue, as far as it matters who goes before whom.
 *
 * @param path the latch znode
 * @param id who queues there
 * @param priority how much it is preferred
 * @param heldBackUntil until when it goes behind everybody else; any moment that has passed if it does not
 */
public record Contender(String path, NodeId id, Priority priority, Instant heldBackUntil) {

    public Contender {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(heldBackUntil, "heldBackUntil");
    }
}
