package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.curia.core.Farewell;
import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.store.FencedWrite;
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a mastership when its place, its session or its standing is taken away under it. */
class MastershipIT {

    private static final NodeId N1 = NodeId.of("n1");

    private TestCluster cluster;
    private ClusterNode first;
    private ClusterNode second;
    private Mastership mastership;

    @BeforeEach
    void startAMasterAndAStandby() {
        cluster = TestCluster.start();
        first = cluster.started("n1");
        second = cluster.started("n2");
        mastership = first.mastership().orElseThrow();
    }

    @AfterEach
    void stopEverything() throws Exception {
        cluster.close();
    }

    private void awaitSuccessor() {
        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> second.mastership().isPresent());
    }

    @Test
    void threeShortServerRestartsChangeNeitherMasterNorEpoch() throws Exception {
        for (int i = 0; i < 3; i++) {
            cluster.zooKeeper().restart();
            Awaitility.await().atMost(TestCluster.PATIENCE)
                    .until(() -> first.state().connected() && second.state().connected());
        }

        assertThat(first.mastership()).containsSame(mastership);
        assertThat(mastership.epoch()).isEqualTo(new Epoch(1));
    }

    @Test
    void withoutZooKeeperAMasterIsInvalidByItsOwnClockBeforeItsSessionCanExpire() throws Exception {
        cluster.zooKeeper().stop();

        Awaitility.await().atMost(TestCluster.SESSION_TIMEOUT.plus(TestCluster.PATIENCE))
                .until(() -> !mastership.isValid());
        cluster.awaitRole(first, Role.STANDBY);
        assertThat(mastership.remaining()).isZero();
    }

    @Test
    void aMasterWhoseSessionIsEndedStepsDownAndComesBackAsAnotherIncarnation() {
        Incarnation before = first.state().incarnation();

        cluster.expireSessionOf(N1);

        awaitSuccessor();
        // Ended by a stranger who knew its secret, the session was not waited for: the clock guard covers expiry only.
        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> !mastership.isValid());
        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> first.state().role() == Role.STANDBY
                && !first.state().incarnation().equals(before));
    }

    /** A LeaderLatch that leads does not notice; the node does, by the watch on its own place. */
    @Test
    void aMasterWhoseLatchZnodeIsDeletedByHandStepsDownBeforeItsSuccessorClaims() {
        cluster.deleteByHand(mastership.tenure().latchPath());

        awaitSuccessor();
        assertThat(mastership.isValid()).isFalse();
        assertThat(second.mastership().orElseThrow().tenure().cause()).isEqualTo(Cause.STEP_DOWN);
        cluster.awaitRole(first, Role.STANDBY);
    }

    @Test
    void aMasterWhoseRegistrationIsDeletedByHandRegistersAnewAndIsSucceeded() {
        cluster.deleteByHand("/curia/" + cluster.name() + "/live/n1");

        awaitSuccessor();
        assertThat(mastership.isValid()).isFalse();
        Awaitility.await().atMost(TestCluster.PATIENCE)
                .until(() -> cluster.withStore(store -> store.live(N1)).isPresent());
    }

    @Test
    void anEvictedMasterIsOutKnowsWhyAndIsSucceededUnderCauseEvicted() {
        cluster.evict(N1, Optional.empty());

        Farewell farewell = first.ended().join();
        awaitSuccessor();

        assertThat(farewell.kind()).isEqualTo(Farewell.Kind.EVICTED);
        assertThat(farewell.detail()).contains("operator").contains("test");
        assertThat(mastership.isValid()).isFalse();
        assertThat(second.mastership().orElseThrow().tenure().cause()).isEqualTo(Cause.EVICTED);
    }

    @Test
    void anEvictedNodeStaysOutUntilItIsReadmitted() {
        cluster.evict(N1, Optional.empty());
        first.ended().join();
        ClusterNode again = cluster.node("n1", more -> more);
        assertThatThrownBy(() -> again.start().join()).hasMessageContaining("evicted");

        cluster.readmit(N1);

        ClusterNode readmitted = cluster.started("n1");
        assertThat(readmitted.state().role()).isEqualTo(Role.STANDBY);
    }

    @Test
    void aBanThatHasRunOutLetsTheNodeBackIn() {
        cluster.evict(N1, Optional.of(Instant.now().plus(Duration.ofMillis(300))));
        first.ended().join();

        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> {
            ClusterNode again = cluster.node("n1", more -> more);
            return again.start().handle((state, failure) -> failure == null).join();
        });
    }

    @Test
    void aFencedWriteCommitsWhileTheEpochIsCurrent() {
        mastership.fenced(List.of(FencedWrite.create("/job", new byte[] {1}))).join();

        assertThat(cluster.dataAt("/job")).containsExactly(1);
    }

    @Test
    void noFencedWriteOfAnOldEpochCommitsAfterANewOneWasClaimed() {
        mastership.fenced(List.of(FencedWrite.create("/job", new byte[] {1}))).join();
        cluster.deleteByHand(mastership.tenure().latchPath());
        awaitSuccessor();

        assertThatThrownBy(() -> mastership.fenced(
                List.of(FencedWrite.set("/job", new byte[] {2}, FencedWrite.ANY_VERSION))).join())
                .hasCauseInstanceOf(StoreException.class)
                .satisfies(failure -> assertThat(((StoreException) failure.getCause()).kind())
                        .isEqualTo(Kind.FENCED));
        assertThat(cluster.dataAt("/job")).containsExactly(1);
    }

    @Test
    void aFailedConditionOfAFencedWriteIsAConflictAndNotTheEndOfTheEpoch() {
        assertThatThrownBy(() -> mastership.fenced(List.of(FencedWrite.delete("/nothing", 0))).join())
                .satisfies(failure -> assertThat(((StoreException) failure.getCause()).kind())
                        .isEqualTo(Kind.CONFLICT));
        assertThat(mastership.isValid()).isTrue();
    }
}
