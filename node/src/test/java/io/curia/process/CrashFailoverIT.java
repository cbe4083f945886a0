package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.Departure;
import io.curia.model.Epoch;
import io.curia.model.MemberStatus;
import io.curia.model.NodeId;
import io.curia.model.Tenure;
import io.curia.runtime.TestCluster;
import io.curia.wire.message.Vigil;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deaths of real processes whose sessions are far from expiring. What is asserted is the recorded cause: CRASH can only
 * come from the watch over other members, SESSION_EXPIRED only from ZooKeeper.
 */
class CrashFailoverIT {

    @TempDir
    private Path scratch;

    private final List<RunningNode> nodes = new ArrayList<>();
    private TestCluster cluster;

    @BeforeEach
    void startZooKeeper() {
        cluster = TestCluster.start();
    }

    @AfterEach
    void stopEverything() throws IOException {
        nodes.forEach(RunningNode::close);
        cluster.close();
    }

    private RunningNode member(String id, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--id", id, "--port", "0"));
        arguments.addAll(List.of(more));
        RunningNode node = RunningNode.start(scratch, Map.of("CURIA_ZOOKEEPER", cluster.connectString(),
                "CURIA_CLUSTER", cluster.name(), "CURIA_SESSION_TIMEOUT", "4s"), arguments.toArray(String[]::new));
        nodes.add(node);
        return node.awaitReady();
    }

    private Tenure tenure() {
        return cluster.withStore(store -> store.master()).tenure().orElseThrow();
    }

    private Optional<Departure.How> departureOf(String id) {
        return cluster.withStore(store -> store.roster(NodeId.of(id))).orElseThrow().departure().map(Departure::how);
    }

    /** Each of them holds a lifeline to everybody else. */
    private void awaitWatch(RunningNode... watching) {
        for (RunningNode node : watching) {
            Awaitility.await().atMost(RunningNode.PATIENCE).until(() -> node.status()
                    .filter(status -> status.vigil().watched().size() == nodes.size() - 1).isPresent());
        }
    }

    @Test
    void aMasterThatIsKilledIsSucceededBecauseItCrashed() throws Exception {
        RunningNode master = member("n1").awaitMaster();
        RunningNode second = member("n2");
        RunningNode third = member("n3");
        awaitWatch(second, third);

        master.signal("KILL");
        Awaitility.await().atMost(RunningNode.PATIENCE).until(() -> tenure().epoch().equals(new Epoch(2)));

        assertThat(tenure().cause()).isEqualTo(Cause.CRASH);
        assertThat(departureOf("n1")).contains(Departure.How.CRASHED);
    }

    @Test
    void aStandbyThatIsKilledIsDownBecauseItCrashed() throws Exception {
        RunningNode master = member("n1").awaitMaster();
        RunningNode standby = member("n2");
        RunningNode observer = member("n3", "--observer");
        awaitWatch(master, observer);

        standby.signal("KILL");

        Awaitility.await().atMost(RunningNode.PATIENCE)
                .until(() -> departureOf("n2").equals(Optional.of(Departure.How.CRASHED)));
        assertThat(master.status().orElseThrow().valid()).isTrue();
        assertThat(tenure().epoch()).isEqualTo(new Epoch(1));
    }

    /** Nobody may have held a lifeline to it yet. */
    @Test
    void aStandbyThatIsKilledAsSoonAsItIsReadyIsDownBecauseItCrashed() throws Exception {
        member("n1").awaitMaster();

        member("n2", "--session-timeout", "20s").signal("KILL");

        Awaitility.await().atMost(RunningNode.PATIENCE)
                .until(() -> departureOf("n2").equals(Optional.of(Departure.How.CRASHED)));
    }

    @Test
    void aMasterAndItsFirstSuccessorKilledTogetherAreBothSucceededBecauseTheyCrashed() throws Exception {
        RunningNode master = member("n1").awaitMaster();
        RunningNode first = member("n2");
        RunningNode second = member("n3");
        awaitWatch(first, second);

        master.signal("KILL");
        first.signal("KILL");

        second.awaitMaster();
        assertThat(tenure().cause()).isEqualTo(Cause.CRASH);
        Awaitility.await().atMost(RunningNode.PATIENCE)
                .until(() -> departureOf("n2").equals(Optional.of(Departure.How.CRASHED)));
    }

    @Test
    void aFrozenMasterIsNoCrash() throws Exception {
        RunningNode master = member("n1").awaitMaster();
        RunningNode second = member("n2");
        awaitWatch(second);

        master.signal("STOP");

        second.awaitMaster();
        assertThat(tenure().cause()).isEqualTo(Cause.SESSION_EXPIRED);
    }

    @Test
    void aMasterThatLeavesIsNoCrash() throws Exception {
        RunningNode master = member("n1").awaitMaster();
        RunningNode second = member("n2");
        awaitWatch(second);

        master.signal("TERM");

        second.awaitMaster();
        assertThat(tenure().cause()).isEqualTo(Cause.LEFT);
        assertThat(departureOf("n1")).contains(Departure.How.LEFT);
    }

    @Test
    void switchedOffADeathIsLeftToTheSession() throws Exception {
        RunningNode master = member("n1", "--failover", "session").awaitMaster();
        RunningNode second = member("n2", "--failover", "session");
        assertThat(second.status().orElseThrow().vigil()).isEqualTo(Vigil.NONE);

        master.signal("KILL");

        second.awaitMaster();
        assertThat(tenure().cause()).isEqualTo(Cause.SESSION_EXPIRED);
    }

    @Test
    void aKilledNodeThatIsBackAtOnceIsSparedByTheEvidenceAgainstItsFormerRun() throws Exception {
        member("n1").awaitMaster();
        RunningNode victim = member("n2");
        awaitWatch(nodes.get(0));
        victim.signal("KILL");
        victim.awaitExit();
        nodes.remove(victim);

        RunningNode again = member("n2");

        assertThat(again.status().orElseThrow().connected()).isTrue();
        assertThat(cluster.withStore(store -> store.view()).member(NodeId.of("n2")).orElseThrow().status())
                .isEqualTo(MemberStatus.LIVE);
    }
}
