package io.curia.zookeeper;

import static io.curia.store.TestRecords.admitted;
import static io.curia.store.TestRecords.candidate;
import static io.curia.store.TestRecords.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.curia.model.Observation;
import io.curia.model.RosterEntry;
import io.curia.store.ClusterStore;
import io.curia.store.ClusterStore.Initialized;
import io.curia.store.Outcome;
import io.curia.store.RecordingObserver;
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import io.curia.store.TestNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is ZooKeeper's and not the port's: connecting, credentials, the tree, tickets, records nobody can read. */
final class ZooKeeperConnectionIT {

    @AutoClose
    private static final TestServer SERVER = TestServer.start();

    @AutoClose
    private final Opened opened = new Opened();
    private final ZooKeeperSettings settings = SERVER.newCluster();

    @TempDir
    private Path directory;

    private ClusterStore tool(ZooKeeperSettings through) {
        return opened.add(ZooKeeperConnection.forTool(through)).store();
    }

    private TestNode open(String id, ZooKeeperSettings through) {
        return new TestNode(node(id), opened.add(ZooKeeperConnection.forNode(through)).session(node(id)));
    }

    private ZooKeeperSettings with(String connect, Optional<Path> authFile, Optional<Path> clientConfig) {
        return new ZooKeeperSettings(connect, settings.root(), settings.cluster(), settings.sessionTimeout(),
                Duration.ofSeconds(1), authFile, clientConfig);
    }

    @Test
    void unreachableServersFailEveryKindOfConnectionWithinTheConnectTimeout() throws IOException {
        String nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "127.0.0.1:" + free.getLocalPort();
        }
        ZooKeeperSettings nowhere = with(nobody, Optional.empty(), Optional.empty());

        assertKind(Kind.UNAVAILABLE, () -> tool(nowhere).view());
        assertKind(Kind.UNAVAILABLE, () -> tool(nowhere).put(admitted("n1")));
        assertKind(Kind.UNAVAILABLE, () -> opened.add(ZooKeeperConnection.forNode(nowhere)).store().cluster());
        assertKind(Kind.UNAVAILABLE, () -> ZooKeeperConnection.endSession(nowhere,
                new SessionTicket(1, new byte[16])));
    }

    @Test
    void closedConnectionIsUnavailable() {
        ZooKeeperConnection connection = opened.add(ZooKeeperConnection.forTool(settings));
        connection.store().init();
        connection.close();
        connection.close();

        assertKind(Kind.UNAVAILABLE, () -> connection.store().cluster());
    }

    /** Its last chores may still be under way: they are not to ask, all the time they have, what cannot come back. */
    @Test
    void nobodyWaitsForANodesConnectionThatWasClosed() {
        ZooKeeperConnection connection = opened.add(ZooKeeperConnection.forNode(settings));
        ClusterStore store = connection.store();
        store.init();
        connection.close();

        assertThatThrownBy(store::cluster).isInstanceOf(StoreException.class).hasMessageContaining("closed");
        Thread.currentThread().interrupt();
        assertThatThrownBy(store::cluster).isInstanceOf(StoreException.class).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatCredentialsMadeIsClosedToEverybodyElse() throws IOException {
        Path auth = Files.writeString(directory.resolve("auth"), "ann:s3cret\n");
        Files.setPosixFilePermissions(auth, PosixFilePermissions.fromString("rw-------"));
        ZooKeeperSettings ann = below("/secured", "anns", Optional.of(auth));
        ZooKeeperSettings anybody = below("/secured", "anns", Optional.empty());
        open("n1", ann).master(1, 1);

        assertThat(tool(ann).view().currentMaster()).isPresent();
        assertKind(Kind.DENIED, () -> tool(anybody).view());
        assertKind(Kind.DENIED, () -> tool(anybody).put(admitted("n2")));
        TestNode stranger = open("n2", anybody);
        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(() -> stranger.observer.failures().size() == 1);
        assertThat(stranger.observer.failures().get(0).kind()).isEqualTo(Kind.DENIED);
        assertThat(TestNode.await(stranger.session.admit(admitted("n2"))).kind()).isEqualTo(Outcome.Kind.DENIED);
        assertThat(tool(below("/secured", "another", Optional.empty())).init().created()).isTrue();
    }

    private ZooKeeperSettings below(String root, String cluster, Optional<Path> authFile) {
        return new ZooKeeperSettings(settings.connect(), root, cluster, settings.sessionTimeout(),
                settings.connectTimeout(), authFile, Optional.empty());
    }

    @Test
    void badAuthFileIsRefusedWithoutShowingIt() throws IOException {
        Path auth = Files.writeString(directory.resolve("auth"), "s3cret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZooKeeperConnection.forTool(with(settings.connect(), Optional.of(auth),
                        Optional.empty())))
                .withMessageContaining(auth.toString())
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("s3cret"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ZooKeeperConnection.forNode(with(settings.connect(),
                        Optional.of(directory.resolve("missing")), Optional.empty())))
                .withMessageContaining("missing");
    }

    @Test
    void clientConfigurationIsUsed() throws IOException {
        Path config = Files.writeString(directory.resolve("client"), "zookeeper.sasl.client=true\n");

        assertThat(ClientSettings.longLived(with("x:1", Optional.empty(), Optional.of(config)))
                .isSaslClientEnabled()).isTrue();
        assertThat(ClientSettings.longLived(settings).isSaslClientEnabled()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> ZooKeeperConnection.forNode(with("x:1",
                Optional.empty(), Optional.of(directory.resolve("missing"))))).withMessageContaining("missing");
    }

    /** With servers in the same process the ordinary configuration is used; this is the one that users get. */
    @ParameterizedTest
    @ValueSource(strings = {"org.apache.zookeeper.ClientCnxnSocketNIO", "org.apache.zookeeper.ClientCnxnSocketNetty"})
    void plainConfigurationConnects(String socket) throws Exception {
        PlainClientConfig config = new PlainClientConfig();
        config.setProperty(PlainClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
        config.setProperty(PlainClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, socket);
        ZooKeeper zk = opened.add(new ZooKeeper(SERVER.connectString(), 8000, event -> { }, config));

        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(() -> zk.getState().isConnected());
        assertThat(zk.exists("/zookeeper", false)).isNotNull();
    }

    @Test
    void halfMadeTreeIsCompleted() throws Exception {
        ZooKeeper bare = opened.add(SERVER.bareClient());
        tool(settings).init();
        ZnodePaths paths = ZnodePaths.of(settings);
        bare.delete(paths.cluster(), -1);
        bare.delete(paths.latch(), -1);

        open("n1", settings).queued(1).leads();

        assertThat(tool(settings).cluster().name()).isEqualTo(settings.cluster());
    }

    @Test
    void manyWhoMakeTheClusterAtOnceAgreeOnOne() {
        List<CompletableFuture<Initialized>> racing = IntStream.range(0, 8)
                .mapToObj(i -> tool(settings))
                .map(store -> CompletableFuture.supplyAsync(store::init)).toList();

        List<Initialized> made = racing.stream().map(CompletableFuture::join).toList();

        assertThat(made).extracting(Initialized::cluster).containsOnly(tool(settings).cluster());
        assertThat(made).filteredOn(Initialized::created).hasSize(1);
    }

    /** An empty container is removed by the server, and the numbers below it begin anew. */
    @Test
    void parentsAreNotContainers() throws Exception {
        open("n1", settings).master(1, 1);
        ZooKeeper bare = opened.add(SERVER.bareClient());

        for (String path : List.of(settings.root(), settings.root() + "/" + settings.cluster(),
                ZnodePaths.of(settings).latch(), ZnodePaths.of(settings).live())) {
            assertThat(bare.exists(path, false).getEphemeralOwner()).as(path).isZero();
        }
    }

    @Test
    void missingChrootIsMadeAndADeepOneIsNamed() {
        ZooKeeperSettings inside = with(settings.connect() + "/" + settings.cluster(), Optional.empty(),
                Optional.empty());
        ZooKeeperSettings deep = with(settings.connect() + "/a/b", Optional.empty(), Optional.empty());

        open("n1", inside).master(1, 1);

        assertThat(tool(inside).view().currentMaster()).isPresent();
        assertKind(Kind.NOT_FOUND, () -> tool(settings).cluster());
        assertThatThrownBy(() -> tool(deep).init()).hasMessageContaining("chroot");
    }

    @Test
    void recordOfALaterVersionIsNamed() throws Exception {
        ClusterStore store = tool(settings);
        store.init();
        TestNode node = open("n1", settings).connected();
        ZooKeeper bare = opened.add(SERVER.bareClient());
        String path = ZnodePaths.of(settings).roster(node.id);

        bare.create(path, "{\"v\":9}".getBytes(StandardCharsets.UTF_8), ZooDefs.Ids.OPEN_ACL_UNSAFE,
                CreateMode.PERSISTENT);

        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(() -> !node.observer.failures().isEmpty());
        assertThat(node.observer.failures().get(0)).hasMessageContaining(path).hasMessageContaining("9");
        assertKind(Kind.CORRUPT, store::view);
        bare.delete(path, -1);
        node.registered(1);
    }

    /** Wiped under a running node, whether its session survived that or not: it must not serve the new cluster. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherClusterUnderTheSameNameIsNotServed(boolean sessionEnds) throws Exception {
        ZooKeeperConnection owner = opened.add(ZooKeeperConnection.forNode(settings));
        TestNode node = new TestNode(node("n1"), owner.session(node("n1")));
        node.master(1, 1);
        ZooKeeper bare = opened.add(SERVER.bareClient());

        ZKUtil.deleteRecursive(bare, ZnodePaths.of(settings).base());
        tool(settings).init();
        if (sessionEnds) {
            ZooKeeperConnection.endSession(settings, owner.ticket().orElseThrow());
        }
        node.session.observe();

        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(() ->
                node.observer.failures().stream().anyMatch(failure -> failure.kind() == Kind.CORRUPT));
        assertThat(node.observer.clusters()).hasSize(1);
        assertThat(node.observer.last().master().tenure()).as("the new record is vacant").isPresent();
        assertThat(tool(settings).view().members()).isEmpty();
    }

    /** A process that knows its predecessor dead need not wait for the old session. */
    @Test
    void ticketEndsTheOldSessionAtOnce() {
        ZooKeeperConnection old = opened.add(ZooKeeperConnection.forNode(settings));
        TestNode before = new TestNode(node("n1"), old.session(node("n1"))).registered(1);
        TestNode restarted = open("n1", settings).connected();
        SessionTicket ticket = SessionTicket.parse(old.ticket().orElseThrow().spelled());

        ZooKeeperConnection.endSession(settings, ticket);

        assertThat(tool(settings).live(before.id)).isEmpty();
        restarted.registered(2);
        ZooKeeperConnection.endSession(settings, ticket);
        assertThat(tool(settings).live(before.id)).contains(candidate("n1", 2));
        assertThat(ticket.toString()).doesNotContain(ticket.spelled().split(":")[1]);
    }

    @Test
    void thousandMembersAreSeenAtOnce() throws Exception {
        ClusterStore store = tool(settings);
        store.init();
        ZooKeeper bare = opened.add(SERVER.bareClient());
        ZnodePaths paths = ZnodePaths.of(settings);
        for (int i = 1; i <= 1000; i++) {
            RosterEntry entry = admitted("n" + i).registered(candidate("n" + i, i));
            bare.create(paths.roster(entry.id()), RecordCodec.encode(entry), ZooDefs.Ids.OPEN_ACL_UNSAFE,
                    CreateMode.PERSISTENT, (rc, path, context, name) -> { }, null);
            bare.create(paths.live(entry.id()), RecordCodec.encode(candidate("n" + i, i)),
                    ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL, (rc, path, context, name) -> { }, null);
        }
        bare.exists("/", false);

        assertThat(store.view().live()).hasSize(1000);
        assertThat(store.peers(node("n1"), 5)).hasSize(5);
    }

    @Test
    void grantedSessionTimeoutIsObservedWhenItDiffersFromTheOneAskedFor() {
        Observation seen = open("n1", settings.withSessionTimeout(Duration.ofHours(1))).connected().observer.last();

        assertThat(seen.sessionTimeout()).isPositive().isLessThan(Duration.ofHours(1));
    }

    private static void assertKind(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StoreException.class, failure ->
                assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind));
    }
}
