package io.curia.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What operators want of the mastership just now.
 *
 * @param switchover the last switchover asked for, settled or not
 * @param pause the pause, which may be over
 * @param queue the latch's queue, first in the queue first; empty if it was not looked at: it is for as long as a
 *     switchover {@linkplain Switchover#concernsQueue makes its order matter}
 */
public record Intents(Versioned<Switchover> switchover, Versioned<Pause> pause, Optional<List<Place>> queue) {

    /** Nobody wants anything. */
    public static final Intents NONE = new Intents(Versioned.none(), Versioned.none(), Optional.empty());

    /**
     * A place in the queue.
     *
     * @param path the latch znode
     * @param id who queues there
     */
    public record Place(String path, NodeId id) {
        public Place {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(id, "id");
        }
    }

    public Intents {
        Objects.requireNonNull(switchover, "switchover");
        Objects.requireNonNull(pause, "pause");
        queue = queue.map(List::copyOf);
    }
}
