package io.curia.zookeeper;

import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import io.curia.store.ClusterStoreContract;
import io.curia.store.NodeSession;
import org.junit.jupiter.api.AutoClose;

/** The contract of the cluster's records, kept by a real server: by a tool's client and a node's. */
final class ZkClusterStoreIT extends ClusterStoreContract {

    @AutoClose
    private static final TestServer SERVER = TestServer.start();

    private final ZooKeeperSettings settings = SERVER.newCluster();
    @AutoClose
    private final Opened opened = new Opened();
    private final ZooKeeperConnection tool = opened.add(ZooKeeperConnection.forTool(settings));
    private final ZooKeeperConnection node = opened.add(ZooKeeperConnection.forNode(settings));

    @Override
    protected ClusterStore store() {
        return tool.store();
    }

    @Override
    protected ClusterStore otherStore() {
        return node.store();
    }

    @Override
    protected NodeSession newSession(String id) {
        return opened.add(ZooKeeperConnection.forNode(settings)).session(NodeId.of(id));
    }
}
