package io.curia.zookeeper;

import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import io.curia.store.NodeSession;
import io.curia.store.NodeSessionContract;
import java.util.IdentityHashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;

/** The contract of a node's session, kept by a real server. */
final class ZkNodeSessionIT extends NodeSessionContract {

    @AutoClose
    private static final TestServer SERVER = TestServer.start();

    private final ZooKeeperSettings settings = SERVER.newCluster();
    @AutoClose
    private final Opened opened = new Opened();
    private final ZooKeeperConnection tool = opened.add(ZooKeeperConnection.forTool(settings));
    private final Map<NodeSession, ZooKeeperConnection> connections = new IdentityHashMap<>();

    @Override
    protected NodeSession newSession(String id) {
        ZooKeeperConnection connection = opened.add(ZooKeeperConnection.forNode(settings));
        NodeSession session = connection.session(NodeId.of(id));
        connections.put(session, connection);
        return session;
    }

    @Override
    protected ClusterStore store() {
        return tool.store();
    }

    @Override
    protected void expire(NodeSession session) {
        ZooKeeperConnection.endSession(settings, connections.get(session).ticket().orElseThrow());
    }
}
