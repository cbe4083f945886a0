package io.curia.model;

import java.util.Arrays;
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

        // Written out: see Incarnation.
        @Override
        public boolean equals(Object other) {
            return other instanceof Place that && path.equals(that.path) && id.equals(that.id);
        }

        @Override
        public int hashCode() {
            return 31 * path.hashCode() + id.hashCode();
        }
    }

    public Intents {
        Objects.requireNonNull(switchover, "switchover");
        Objects.requireNonNull(pause, "pause");
        queue = queue.map(List::copyOf);
    }

    // Written out: see Incarnation.
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Intents that && Arrays.equals(components(), that.components());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(components());
    }

    private Object[] components() {
        return new Object[] {switchover, pause, queue};
    }
}
