package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.Departure;
import io.curia.model.Epoch;
import io.curia.model.NodeId;
import io.curia.model.Tenure;
import io.curia.store.ClusterStore;
import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that go together with their networks, or whose networks go without them. Root is needed, so it is asked for
 * by {@code -Dnamespaces=true}. What is asserted is the recorded cause: CRASH can only come from the watch.
 */
@EnabledIfSystemProperty(named = "namespaces", matches = "true")
class NamespaceIT {

    private static final String CLUSTER = "spaces";

    @TempDir
    private Path scratch;

    private final List<RunningNode> nodes = new ArrayList<>();
    private Namespaces spaces;
    private TestingServer zooKeeper;

    @BeforeEach
    void startZooKeeper() throws Exception {
        spaces = new Namespaces();
        zooKeeper = new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, 500, -1, Map.of(), spaces.host()),
                true);
    }

    @AfterEach
    void stopEverything() throws IOException {
        nodes.forEach(RunningNode::close);
        zooKeeper.close();
        spaces.close();
    }

    private RunningNode member(int number) throws IOException {
        RunningNode node = RunningNode.start(scratch, spaces.make(number),
                Map.of("CURIA_ZOOKEEPER", zooKeeper.getConnectString(), "CURIA_CLUSTER", CLUSTER,
                        "CURIA_SESSION_TIMEOUT", "4s"),
                "--id", "n" + number, "--host", spaces.address(number), "--port", "8001");
        nodes.add(node);
        return node.awaitReady();
    }

    private <T> T read(Function<ClusterStore, T> use) {
        try (ZooKeeperConnection connection = ZooKeeperConnection.forTool(
                ZooKeeperSettings.of(zooKeeper.getConnectString(), CLUSTER))) {
            return use.apply(connection.store());
        }
    }

    private Tenure awaitSecondTenure() {
        Awaitility.await().atMost(RunningNode.PATIENCE)
                .until(() -> read(ClusterStore::master).epoch().equals(new Epoch(2)));
        return read(ClusterStore::master).tenure().orElseThrow();
    }

    /** Its successor claims first: who is gone is taken off the list after that. */
    private Departure awaitDeparture(String id) {
        return Awaitility.await().atMost(RunningNode.PATIENCE).until(
                () -> read(store -> store.roster(NodeId.of(id))).orElseThrow().departure(), Optional::isPresent)
                .orElseThrow();
    }

    private static void awaitWatched(RunningNode watcher, String id) {
        Awaitility.await().atMost(RunningNode.PATIENCE).until(() -> watcher.status().orElseThrow().vigil().watched()
                .contains(NodeId.of(id)));
    }

    /** Its sockets close while its network still stands, and then there is nothing left that could refuse. */
    @Test
    void aMasterThatVanishesWithItsNetworkIsSucceededBecauseItCrashed() throws Exception {
        RunningNode master = member(1).awaitMaster();
        RunningNode second = member(2);
        awaitWatched(second, "n1");

        master.signal("KILL");
        master.awaitExit();
        spaces.delete(1);

        assertThat(awaitSecondTenure().cause()).isEqualTo(Cause.CRASH);
        assertThat(awaitDeparture("n1").how()).isEqualTo(Departure.How.CRASHED);
    }

    @Test
    void aMasterThatDiesWhereNothingAnswersAnyMoreIsSucceededWithoutProof() throws Exception {
        RunningNode master = member(1).awaitMaster();
        RunningNode second = member(2);
        awaitWatched(second, "n1");
        spaces.silence(1);

        master.signal("KILL");

        assertThat(awaitSecondTenure().cause()).isEqualTo(Cause.CRASH);
        Departure departure = awaitDeparture("n1");
        assertThat(departure.evidence()).contains("UNREACHABLE", "seen by n2");
        assertThat(departure.actor()).isEqualTo("n2");
    }

    @Test
    void aMasterWhoseCableIsCutIsLeftToItsSession() throws Exception {
        member(1).awaitMaster();
        RunningNode second = member(2);
        awaitWatched(second, "n1");

        spaces.unplug(1);

        assertThat(awaitSecondTenure().cause()).isEqualTo(Cause.SESSION_EXPIRED);
        assertThat(second.status().orElseThrow().vigil().made()).isZero();
    }
}
