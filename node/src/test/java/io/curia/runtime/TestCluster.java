package io.curia.runtime;

import io.curia.model.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.curator.test.TestingServer;
import org.awaitility.Awaitility;

/** Nodes in this JVM over a real ZooKeeper server of their own; closed, it leaves nothing behind. */
public final class TestCluster implements AutoCloseable {

    /** Start of a client, a join, a registration, an election: each well below a second, on a busy machine. */
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(4);

    private final TestingServer zooKeeper;
    private final String name = "test-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<ClusterNode> nodes = new ArrayList<>();

    private TestCluster(TestingServer zooKeeper) {
        this.zooKeeper = zooKeeper;
    }

    public static TestCluster start() {
        try {
            return new TestCluster(new TestingServer());
        } catch (Exception e) {
            throw new IllegalStateException("no ZooKeeper for the test", e);
        }
    }

    public String connectString() {
        return zooKeeper.getConnectString();
    }

    public String name() {
        return name;
    }

    public TestingServer zooKeeper() {
        return zooKeeper;
    }

    /** Returns a node of this cluster, not started, further configured by {@code more}. */
    public ClusterNode node(String id, UnaryOperator<ClusterNodeBuilder> more) {
        ClusterNode node = more.apply(ClusterNode.builder(id).zooKeeper(connectString()).cluster(name)
                .sessionTimeout(SESSION_TIMEOUT)).build();
        nodes.add(node);
        return node;
    }

    /** Returns a started member of this cluster. */
    public ClusterNode started(String id) {
        ClusterNode node = node(id, more -> more);
        node.start().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        return node;
    }

    /** Returns the one node that holds a valid mastership, once there is one. */
    public ClusterNode awaitMaster() {
        return Awaitility.await().atMost(PATIENCE).until(this::master, Optional::isPresent).orElseThrow();
    }

    public Optional<ClusterNode> master() {
        return nodes.stream().filter(node -> node.mastership().isPresent()).findFirst();
    }

    public void awaitRole(ClusterNode node, Role role) {
        Awaitility.await().atMost(PATIENCE).until(() -> node.state().role() == role);
    }

    @Override
    public void close() throws IOException {
        CompletableFuture.allOf(nodes.stream().map(ClusterNode::stop).toArray(CompletableFuture[]::new)).join();
        zooKeeper.close();
    }
}
