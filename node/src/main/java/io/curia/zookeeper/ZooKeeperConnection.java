package io.curia.zookeeper;

import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import io.curia.store.NodeSession;

/** One client of the ensemble, from which a node's session and the cluster's records are reached. */
public final class ZooKeeperConnection implements AutoCloseable {

    private ZooKeeperConnection() {
    }

    /** Returns a started client for a node: it reconnects for as long as it is not closed. Does not wait. */
    public static ZooKeeperConnection forNode(ZooKeeperSettings settings) {
        throw new UnsupportedOperationException("being built");
    }

    /** Returns a started client for a short-lived tool: quick to connect, quick to close. Does not wait. */
    public static ZooKeeperConnection forTool(ZooKeeperSettings settings) {
        throw new UnsupportedOperationException("being built");
    }

    /** Returns the node's own session on this client. At most one a client. */
    public NodeSession session(NodeId self) {
        throw new UnsupportedOperationException("being built");
    }

    /** Returns the cluster's records through this client. */
    public ClusterStore store() {
        throw new UnsupportedOperationException("being built");
    }

    /** Ends the session and frees everything. Idempotent. */
    @Override
    public void close() {
    }
}
