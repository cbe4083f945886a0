package io.curia.zookeeper;

import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import io.curia.store.NodeSession;
import io.curia.store.NodeSessionContract;
import java.util.IdentityHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The contract of a node's session, kept by a real server. */
final class ZkNodeSessionIT extends NodeSessionContract {

    private static TestServer server;

    private final ZooKeeperSettings settings = server.newCluster();
    private final Map<NodeSession, ZooKeeperConnection> connections = new IdentityHashMap<>();
    private final ZooKeeperConnection tool = ZooKeeperConnection.forTool(settings);

    @BeforeAll
    static void startServer() {
        server = TestServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void closeConnections() {
        connections.values().forEach(ZooKeeperConnection::close);
        tool.close();
    }

    @Override
    protected NodeSession newSession(String id) {
        ZooKeeperConnection connection = ZooKeeperConnection.forNode(settings);
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
