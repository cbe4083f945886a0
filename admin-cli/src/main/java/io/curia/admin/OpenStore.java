package io.curia.admin;

import io.curia.store.ClusterStore;
import java.util.Objects;

/**
 * The cluster's records, and the connection that they are reached through.
 *
 * @param store the records
 * @param connection what to run to end the connection
 */
record OpenStore(ClusterStore store, Runnable connection) implements AutoCloseable {

    OpenStore {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(connection, "connection");
    }

    @Override
    public void close() {
        try {
            store.close();
        } finally {
            connection.run();
        }
    }
}
