package io.curia.zookeeper;

import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import io.curia.store.ClusterStoreContract;
import io.curia.store.NodeSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The contract of the cluster's records, kept by a real server: by a tool's client and a node's. */
final class ZkClusterStoreIT extends ClusterStoreContract {

    private static TestServer server;

    private final ZooKeeperSettings settings = server.newCluster();
    private final ZooKeeperConnection tool = ZooKeeperConnection.forTool(settings);
    private final ZooKeeperConnection node = ZooKeeperConnection.forNode(settings);
    private final List<ZooKeeperConnection> connections = new ArrayList<>(List.of(tool, node));

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
        connections.forEach(ZooKeeperConnection::close);
    }

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
        ZooKeeperConnection connection = ZooKeeperConnection.forNode(settings);
        connections.add(connection);
        return connection.session(NodeId.of(id));
    }
}
