package io.curia.admin.drill;

import io.curia.model.Endpoint;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import java.util.Map;

/** The witnesses of one round at work, until closed. */
public interface Watching extends AutoCloseable {

    /** Returns all that they have seen so far. */
    Sightings sightings();

    /** Has {@code id} asked at {@code address} from now on; nothing changes if it is asked there already. */
    void follow(NodeId id, Endpoint address);

    @Override
    void close();

    /** Sends out the witnesses of a round. */
    @FunctionalInterface
    interface Start {
        /**
         * Returns the witnesses at work, each on a thread of its own.
         *
         * @param store the records to look at
         * @param victim whose registration to watch
         * @param nodes whom to ask, and where
         * @param everyNanos how long each pauses after an answer
         */
        Watching on(ClusterStore store, Victim victim, Map<NodeId, Endpoint> nodes, long everyNanos);
    }
}
