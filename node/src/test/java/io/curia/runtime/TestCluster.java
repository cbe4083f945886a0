package io.curia.runtime;

import io.curia.model.Cause;
import io.curia.model.ClusterView;
import io.curia.model.Ending;
import io.curia.model.MasterRecord;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.store.ClusterStore;
import io.curia.zookeeper.TestServer;
import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.zookeeper.ZooKeeper;
import org.awaitility.Awaitility;

/** Nodes in this JVM over a real ZooKeeper server of their own; closed, it leaves nothing behind. */
public final class TestCluster implements AutoCloseable {

    /** Start of a client, a join, a registration, an election: each well below a second, on a busy machine. */
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(4);

    private final TestServer zooKeeper = TestServer.start();
    private final String name = "test-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<ClusterNode> nodes = new ArrayList<>();

    private TestCluster() {
    }

    public static TestCluster start() {
        return new TestCluster();
    }

    public String connectString() {
        return zooKeeper.connectString();
    }

    public String name() {
        return name;
    }

    public TestServer zooKeeper() {
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

    public ZooKeeperSettings settings() {
        return ZooKeeperSettings.of(connectString(), name);
    }

    /** Runs {@code use} with the cluster's records, through a client of its own. */
    public <T> T withStore(Function<ClusterStore, T> use) {
        try (ZooKeeperConnection connection = ZooKeeperConnection.forTool(settings())) {
            return use.apply(connection.store());
        }
    }

    /** Evicts as an operator does: roster, registration, latch place and tenure in one transaction. */
    public void evict(NodeId id, Optional<Instant> until) {
        withStore(store -> {
            ClusterView view = store.view();
            MemberView member = view.member(id).orElseThrow();
            Instant now = Instant.now();
            Optional<MasterRecord> ended = view.currentMaster().filter(member::equals).map(master -> new MasterRecord(
                    Optional.of(view.master().tenure().orElseThrow().ended(
                            new Ending(Cause.EVICTED, false, "operator", "test", now))), view.master().version()));
            store.evict(new ClusterStore.Eviction(member.roster().evicted("operator", "test", now, until),
                    member.live(), ended, OptionalInt.of(view.master().version())));
            return null;
        });
    }

    public void readmit(NodeId id) {
        withStore(store -> {
            store.put(store.roster(id).orElseThrow().readmitted("operator", "test", Instant.now()));
            return null;
        });
    }

    /** Ends the session that holds this node's registration, as the servers do when it expires. */
    public void expireSessionOf(NodeId id) {
        raw(client -> {
            long owner = client.exists("/curia/" + name + "/live/" + id, false).getEphemeralOwner();
            // Servers derive a session's password from its id; nobody but a test should rely on it.
            byte[] password = new byte[16];
            new Random(owner ^ 0xB3415C00L).nextBytes(password);
            CountDownLatch attached = new CountDownLatch(1);
            ZooKeeper twin = new ZooKeeper(connectString(), (int) SESSION_TIMEOUT.toMillis(),
                    event -> attached.countDown(), owner, password);
            attached.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            twin.close();
            return null;
        });
    }

    /** Does what nobody should do to a cluster: removes a znode behind its back. */
    public void deleteByHand(String path) {
        raw(client -> {
            client.delete(path, -1);
            return null;
        });
    }

    public byte[] dataAt(String path) {
        return raw(client -> client.getData(path, false, null));
    }

    private interface RawUse<T> {
        T with(ZooKeeper client) throws Exception;
    }

    private <T> T raw(RawUse<T> use) {
        CountDownLatch connected = new CountDownLatch(1);
        try {
            ZooKeeper client = new ZooKeeper(connectString(), (int) SESSION_TIMEOUT.toMillis(),
                    event -> connected.countDown());
            try {
                connected.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                return use.with(client);
            } finally {
                client.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("the test's own client failed", e);
        }
    }

    @Override
    public void close() {
        CompletableFuture.allOf(nodes.stream().map(ClusterNode::stop).toArray(CompletableFuture[]::new)).join();
        zooKeeper.close();
    }
}
