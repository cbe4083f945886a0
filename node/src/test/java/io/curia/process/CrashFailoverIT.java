package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.Departure;
import io.curia.model.Epoch;
import io.curia.model.MemberStatus;
import io.curia.model.NodeId;
import io.curia.model.Tenure;
import io.curia.wire.message.Vigil;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Deaths of real processes whose sessions are far from expiring. What is asserted is the recorded cause: CRASH can only
 * come from the watch over other members, SESSION_EXPIRED only from ZooKeeper.
 */
class CrashFailoverIT {

    @AutoClose
    private final ProcessCluster cluster = ProcessCluster.withLongSessions();

    private Tenure tenure() {
        return cluster.records().withStore(store -> store.master()).tenure().orElseThrow();
    }

    private Optional<Departure.How> departureOf(String id) {
        return cluster.records().withStore(store -> store.roster(NodeId.of(id))).orElseThrow().departure()
                .map(Departure::how);
    }

    /** Its successor claims first: who is gone is taken off the list after that. */
    private void awaitDeparture(String id, Departure.How how) {
        Awaitility.await().atMost(RunningNode.PATIENCE).until(() -> departureOf(id).equals(Optional.of(how)));
    }

    /** Each of them holds a lifeline to this many others. */
    private static void awaitWatch(int others, RunningNode... watching) {
        for (RunningNode node : watching) {
            Awaitility.await().atMost(RunningNode.PATIENCE).until(() -> node.status()
                    .filter(status -> status.vigil().watched().size() == others).isPresent());
        }
    }

    @Test
    void aMasterThatIsKilledIsSucceededBecauseItCrashed() throws Exception {
        RunningNode master = cluster.member("n1").awaitMaster();
        RunningNode second = cluster.member("n2");
        RunningNode third = cluster.member("n3");
        awaitWatch(2, second, third);

        master.signal("KILL");
        Awaitility.await().atMost(RunningNode.PATIENCE).until(() -> tenure().epoch().equals(new Epoch(2)));

        assertThat(tenure().cause()).isEqualTo(Cause.CRASH);
        awaitDeparture("n1", Departure.How.CRASHED);
    }

    @Test
    void aStandbyThatIsKilledIsDownBecauseItCrashed() throws Exception {
        RunningNode master = cluster.member("n1").awaitMaster();
        RunningNode standby = cluster.member("n2");
        RunningNode observer = cluster.member("n3", "--observer");
        awaitWatch(2, master, observer);

        standby.signal("KILL");

        awaitDeparture("n2", Departure.How.CRASHED);
        assertThat(master.status().orElseThrow().valid()).isTrue();
        assertThat(tenure().epoch()).isEqualTo(new Epoch(1));
    }

    /** Nobody may have held a lifeline to it yet. */
    @Test
    void aStandbyThatIsKilledAsSoonAsItIsReadyIsDownBecauseItCrashed() throws Exception {
        cluster.member("n1").awaitMaster();

        cluster.member("n2").signal("KILL");

        awaitDeparture("n2", Departure.How.CRASHED);
    }

    @Test
    void aMasterAndItsFirstSuccessorKilledTogetherAreBothSucceededBecauseTheyCrashed() throws Exception {
        RunningNode master = cluster.member("n1").awaitMaster();
        RunningNode first = cluster.member("n2");
        RunningNode second = cluster.member("n3");
        awaitWatch(2, first, second);

        master.signal("KILL");
        first.signal("KILL");

        second.awaitMaster();
        assertThat(tenure().cause()).isEqualTo(Cause.CRASH);
        awaitDeparture("n2", Departure.How.CRASHED);
    }

    @Test
    void aFrozenMasterIsNoCrash() throws Exception {
        RunningNode master = cluster.member("n1", "--session-timeout", "4s").awaitMaster();
        RunningNode second = cluster.member("n2");
        awaitWatch(1, second);

        master.signal("STOP");

        second.awaitMaster();
        assertThat(tenure().cause()).isEqualTo(Cause.SESSION_EXPIRED);
    }

    @Test
    void aMasterThatLeavesIsNoCrash() throws Exception {
        RunningNode master = cluster.member("n1").awaitMaster();
        RunningNode second = cluster.member("n2");
        awaitWatch(1, second);

        master.signal("TERM");

        second.awaitMaster();
        assertThat(tenure().cause()).isEqualTo(Cause.LEFT);
        awaitDeparture("n1", Departure.How.LEFT);
    }

    @Test
    void switchedOffADeathIsLeftToTheSession() throws Exception {
        RunningNode master = cluster.member("n1", "--failover", "session", "--session-timeout", "4s").awaitMaster();
        RunningNode second = cluster.member("n2", "--failover", "session");
        assertThat(second.status().orElseThrow().vigil()).isEqualTo(Vigil.NONE);

        master.signal("KILL");

        second.awaitMaster();
        assertThat(tenure().cause()).isEqualTo(Cause.SESSION_EXPIRED);
    }

    @Test
    void aKilledNodeThatIsBackAtOnceIsSparedByTheEvidenceAgainstItsFormerRun() throws Exception {
        RunningNode master = cluster.member("n1").awaitMaster();
        RunningNode victim = cluster.member("n2");
        awaitWatch(1, master);
        victim.signal("KILL");
        victim.awaitExit();

        RunningNode again = cluster.member("n2");

        assertThat(again.status().orElseThrow().connected()).isTrue();
        assertThat(cluster.records().withStore(store -> store.view()).member(NodeId.of("n2")).orElseThrow().status())
                .isEqualTo(MemberStatus.LIVE);
    }
}
