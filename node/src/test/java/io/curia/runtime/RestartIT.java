package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.RefusalReason;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import io.curia.store.ClusterStore;
import io.curia.zookeeper.ZooKeeperConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.curator.test.InstanceSpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node keeps between runs, and what that is good for. */
class RestartIT {

    @TempDir
    private Path data;

    private TestCluster cluster;

    @BeforeEach
    void startZooKeeper() {
        cluster = TestCluster.start();
    }

    @AfterEach
    void stopEverything() throws Exception {
        cluster.close();
    }

    private ClusterNode node(String id) {
        return cluster.node(id, more -> more.dataDirectory(data.resolve("n1")));
    }

    @Test
    void twoRunsNeverShareADataDirectory() {
        node("n1").start().join();
        ClusterNode second = node("n1");

        assertThatThrownBy(() -> second.start().join()).hasMessageContaining("data directory");
        assertThat(second.ended().join().refusal()).contains(RefusalReason.DUPLICATE_ID);
    }

    @Test
    void theDataDirectoryIsFreeAgainOnceTheNodeHasEnded() {
        node("n1").start().join();
        ClusterNode first = cluster.master().orElseThrow();
        first.stop().join();

        assertThat(node("n1").start().join().role()).isEqualTo(Role.MASTER);
    }

    @Test
    void onlyTheOwnerMayReadWhatIsKept() throws IOException {
        node("n1").start().join();
        Path ticket = data.resolve("n1").resolve("session.json");
        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> Files.exists(ticket));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ticket))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("n1"))))
                .isEqualTo("rwx------");
    }

    /** The ticket of a run that died is used; here the "dead" run is one whose ticket was copied away. */
    @Test
    void theSessionOfAnEarlierRunIsEndedSoThatItsRegistrationIsNotInTheWay() throws IOException {
        ClusterNode first = cluster.node("n1", more -> more.dataDirectory(data.resolve("other")));
        first.start().join();
        Path ticket = data.resolve("other").resolve("session.json");
        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> Files.exists(ticket));
        Files.createDirectories(data.resolve("n1"));
        Files.copy(ticket, data.resolve("n1").resolve("session.json"));

        ClusterNode second = cluster.node("n2", more -> more.dataDirectory(data.resolve("n1")));
        second.start().join();

        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> second.mastership().isPresent());
        assertThat(second.mastership().orElseThrow().epoch()).isGreaterThanOrEqualTo(new Epoch(2));
    }

    @Test
    void aDamagedTicketOnlyMakesTheStartSlower() throws IOException {
        Files.createDirectories(data.resolve("n1"));
        Files.writeString(data.resolve("n1").resolve("session.json"), "{\"v\":1,\"ticket\":\"nonsense\"}");
        Files.writeString(data.resolve("n1").resolve("epoch.json"), "not json at all");

        assertThat(node("n1").start().join().role()).isEqualTo(Role.MASTER);
    }

    /** ZooKeeper restored from an old copy would give out epochs again that were given out before. */
    @Test
    void noClaimGoesBelowTheHighestEpochThisNodeEverSawInThisCluster() throws IOException {
        String uuid = cluster.withStore(store -> store.init().cluster().uuid());
        Files.createDirectories(data.resolve("n1"));
        Files.writeString(data.resolve("n1").resolve("epoch.json"),
                "{\"v\":1,\"cluster\":\"" + uuid + "\",\"epoch\":41}");

        ClusterNode node = node("n1");
        node.start().join();

        assertThat(node.mastership().orElseThrow().epoch()).isEqualTo(new Epoch(42));
    }

    @Test
    void epochsOfAnotherClusterSayNothing() throws IOException {
        Files.createDirectories(data.resolve("n1"));
        Files.writeString(data.resolve("n1").resolve("epoch.json"),
                "{\"v\":1,\"cluster\":\"another\",\"epoch\":41}");

        ClusterNode node = node("n1");
        node.start().join();

        assertThat(node.mastership().orElseThrow().epoch()).isEqualTo(new Epoch(1));
    }

    /** A ghost: registered, but nobody answers at its address. It is not a live duplicate; it only has to expire. */
    @Test
    void aRegistrationWhoseOwnerIsSilentIsWaitedForAndThenReplaced() {
        NodeId id = NodeId.of("n1");
        ClusterNode second = cluster.node("n1", more -> more);
        try (ZooKeeperConnection ghost = ZooKeeperConnection.forNode(cluster.settings())) {
            ClusterStore store = ghost.store();
            store.init();
            store.put(RosterEntry.admitted(id, MemberKind.CANDIDATE, "test", "", Instant.now()));
            Endpoint nobody = new Endpoint("127.0.0.1", InstanceSpec.getRandomPort());
            Member silent = new Member(id, Incarnation.of(1, 2), nobody, MemberKind.CANDIDATE, 0, "", "",
                    Instant.now(), Map.of(), Optional.empty());
            store.registerGuest(silent, store.roster(id).orElseThrow().registered(silent));
            second.start();
            cluster.awaitRole(second, Role.JOINING);
        }

        second.start().join();

        assertThat(second.state().isMember()).isTrue();
    }
}
