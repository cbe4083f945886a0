package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.curia.model.CandidacyNotes;
import io.curia.model.Drain;
import io.curia.model.Epoch;
import io.curia.model.Illness;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Penalty;
import io.curia.model.RosterEntry;
import io.curia.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What {@code drain} and {@code undrain} write, what they refuse, and how candidacy shows in {@code members}. */
class DrainTest {

    private final Desk desk = Desk.ofThree();

    private RosterEntry entry(String id) {
        return desk.cluster.store().roster(NodeId.of(id)).orElseThrow();
    }

    private void note(String id, UnaryOperator<CandidacyNotes> change) {
        RosterEntry entry = entry(id);
        desk.cluster.store().put(entry.noted(change.apply(entry.notes())));
    }

    private Drain drain(String reason) {
        return new Drain("ann@desk", reason, desk.time.now());
    }

    @Test
    void drainedStandbyIsDoneOnceItQueuesNoMore() {
        desk.time.then(() -> desk.cluster.deleteLatch("n3"));

        assertThat(desk.run("drain", "n3", "--yes", "--reason", "new disk")).as(desk.said()).isZero();

        assertThat(entry("n3").notes().drain()).contains(new Drain("ann@desk", "new disk", SampleCluster.NOW));
        assertThat(desk.said()).contains("drained n3");
        assertThat(desk.printed()).containsPattern("n3 +LIVE +DRAINED .*drained by ann@desk: new disk");
    }

    @Test
    void drainedMasterIsDoneOnceAnotherRules() {
        desk.time.then(() -> desk.cluster.elect("n2")).then(() -> desk.cluster.deleteLatch("n1"));

        assertThat(desk.run("drain", "n1", "--yes")).as(desk.said()).isZero();

        assertThat(desk.said()).contains("drained n1; the new master is n2, epoch 2");
    }

    @Test
    void masterThatDoesNotGiveUpIsNotConfirmed() {
        assertThat(desk.run("drain", "n1", "--yes", "--timeout", "1s")).isEqualTo(8);

        assertThat(desk.said()).contains("n1 has not given up mastership yet", "admin-cli evict");
        assertThat(entry("n1").notes().drain()).isPresent();
    }

    @Test
    void standbyThatStaysInTheQueueIsNotConfirmed() {
        assertThat(desk.run("drain", "n3", "--yes", "--timeout", "1s")).isEqualTo(8);

        assertThat(desk.said()).contains("n3 still queues");
    }

    @Test
    void lastCandidatesNeedForce() {
        assertThat(desk.run("drain", "n1", "n2", "n3", "--yes")).isEqualTo(7);
        assertThat(desk.run("drain", "n1", "n2", "n3", "--dry-run")).isEqualTo(10);

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains("--force", "NOT SAFE");
    }

    /** Who is drained or unhealthy already is nobody that could follow. */
    @Test
    void drainedAndUnhealthyNodesDoNotCountAsCandidates() {
        note("n2", notes -> notes.withDrain(Optional.of(drain(""))));
        note("n3", notes -> notes.withIllness(Optional.of(new Illness("disk", desk.time.now()))));

        assertThat(desk.run("drain", "n1", "--yes")).isEqualTo(7);
        assertThat(desk.run("evict", "n1", "--yes")).isEqualTo(7);

        assertThat(desk.said()).contains("nobody left who could be master");
    }

    @Test
    void masterOfAPausedClusterIsNotDrainedWithoutForce() {
        desk.run("pause", "--for", "30m");

        assertThat(desk.run("drain", "n1", "--yes")).isEqualTo(7);

        assertThat(desk.said()).contains("paused");
    }

    @Test
    void whoeverNeverBecomesMasterIsNotDrained() {
        desk.cluster.join("watcher", MemberKind.OBSERVER, Map.of());

        assertThat(desk.run("drain", "watcher", "--yes")).isEqualTo(7);
        assertThat(desk.run("drain", "n9", "--yes")).isEqualTo(5);
        assertThat(desk.run("drain", "n3", "--yes", "--if-epoch", "9")).isEqualTo(7);
        assertThat(desk.run("undrain", "n9")).isEqualTo(5);

        assertThat(desk.store.writes()).isZero();
    }

    @Test
    void drainNeedsAConfirmation() {
        assertThat(desk.run("drain", "n3")).isEqualTo(7);

        assertThat(desk.said()).contains("the master stays", "add --yes");
    }

    @Test
    void downNodeIsDrainedForWhenItIsBack() {
        desk.cluster.crash("n3");

        assertThat(desk.run("drain", "n3", "--yes")).as(desk.said()).isZero();

        assertThat(desk.printed()).containsPattern("n3 +DOWN +- .*drained by ann@desk");
    }

    @Test
    void drainingAgainChangesNothingUnlessItSaysMore() {
        note("n3", notes -> notes.withDrain(Optional.of(drain("disk"))));
        desk.cluster.deleteLatch("n3");

        assertThat(desk.run("drain", "n3", "--yes")).as(desk.said()).isZero();
        assertThat(desk.said()).contains("drained already");
        assertThat(desk.run("drain", "n3", "--yes", "--reason", "rack")).isZero();

        assertThat(desk.store.writes()).isEqualTo(1);
        assertThat(entry("n3").notes().drain().orElseThrow().reason()).isEqualTo("rack");
    }

    @Test
    void lostAnswerOfADrainIsSuccess() {
        desk.cluster.deleteLatch("n3");
        desk.store.afterWrite(ScriptedStore.failing(StoreException.Kind.UNKNOWN_RESULT));

        assertThat(desk.run("drain", "n3", "--yes")).as(desk.said()).isZero();

        assertThat(desk.store.writes()).isEqualTo(1);
    }

    @Test
    void undrainedNodeIsDoneOnceItQueues() {
        note("n3", notes -> notes.withDrain(Optional.of(drain(""))));

        assertThat(desk.run("undrain", "n3")).as(desk.said()).isZero();

        assertThat(entry("n3").notes().drain()).isEmpty();
        assertThat(desk.said()).contains("undrained n3");
        assertThat(desk.printed()).containsPattern("n3 +LIVE +STANDBY");
    }

    @Test
    void undrainedNodeThatDoesNotQueueIsNotConfirmed() {
        note("n3", notes -> notes.withDrain(Optional.of(drain(""))));
        desk.cluster.deleteLatch("n3");

        assertThat(desk.run("undrain", "n3", "--timeout", "1s")).isEqualTo(8);

        assertThat(desk.said()).contains("n3 does not queue yet");
    }

    @Test
    void undrainLeavesOthersAlone() {
        assertThat(desk.run("undrain", "n3")).isZero();

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains("nothing was changed");
    }

    @Test
    void readmitForgivesWhoKeptLosingMastership() {
        Penalty penalty = new Penalty(3, new Epoch(1), "crashed", desk.time.now(),
                desk.time.now().plus(Duration.ofMinutes(10)));
        note("n3", notes -> notes.withPenalty(Optional.of(penalty)));
        desk.run("members");
        assertThat(desk.printed()).containsPattern("n3 +LIVE +FLAPPING .*lost mastership 3 times");

        assertThat(desk.run("readmit", "n3")).as(desk.said()).isZero();

        assertThat(entry("n3").notes().penalty()).isEmpty();
        assertThat(desk.said()).contains("forgiven what they lost: n3");
    }

    @Test
    void membersJsonSaysWhoIsACandidateAndWhyNot() throws IOException {
        note("n2", notes -> notes.withDrain(Optional.of(drain("disk"))));
        note("n3", notes -> notes.withIllness(Optional.of(new Illness("exit code 1", desk.time.now()))));
        desk.run("members", "-o", "json");

        JsonNode members = new ObjectMapper().readTree(desk.printed()).get("members");

        assertThat(members.findValuesAsText("eligibility")).containsExactly("READY", "DRAINED", "UNHEALTHY");
        assertThat(members.findValuesAsText("role")).containsExactly("MASTER", "STANDBY", "STANDBY");
        assertThat(members.at("/0/priority").asInt()).isEqualTo(100);
        assertThat(members.at("/0/drain").isNull()).isTrue();
        assertThat(members.at("/1/drain/by").asText()).isEqualTo("ann@desk");
        assertThat(members.at("/1/drain/reason").asText()).isEqualTo("disk");
        assertThat(members.at("/2/illness/reason").asText()).isEqualTo("exit code 1");
    }
}
