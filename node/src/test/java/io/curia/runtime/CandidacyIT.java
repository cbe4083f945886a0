package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.health.HealthSettings;
import io.curia.model.ClusterView;
import io.curia.model.Drain;
import io.curia.model.Intents.Place;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who stands for election, and in which order, over a real ZooKeeper server. */
class CandidacyIT {

    private static final HealthSettings QUICK =
            new HealthSettings(Duration.ofMillis(50), TestCluster.PATIENCE, 1, 1);

    private final TestCluster cluster = TestCluster.start();

    @AfterEach
    void end() throws IOException {
        cluster.close();
    }

    private ClusterNode started(String id, UnaryOperator<ClusterNodeBuilder> more) {
        ClusterNode node = cluster.node(id, more);
        node.start().orTimeout(TestCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        return node;
    }

    private List<String> queue() {
        return cluster.withStore(store -> store.intents().queue()).orElseThrow().stream()
                .map(Place::id).map(NodeId::value).toList();
    }

    private RosterEntry entry(String id) {
        return cluster.withStore(store -> store.roster(NodeId.of(id))).orElseThrow();
    }

    private void drain(String id, Optional<Drain> drain) {
        cluster.withStore(store -> {
            RosterEntry entry = store.roster(NodeId.of(id)).orElseThrow();
            store.put(entry.noted(entry.notes().withDrain(drain)));
            return null;
        });
    }

    @Test
    void drainedNodeStartsAndIsNoCandidateUntilUndrained() {
        started("n1", more -> more).stop().join();
        drain("n1", Optional.of(new Drain("ana", "disk", Instant.now())));

        ClusterNode again = started("n1", more -> more);

        assertThat(again.state().role()).isEqualTo(Role.STANDBY);
        assertThat(again.state().aside()).contains("drained by ana: disk");
        drain("n1", Optional.empty());
        assertThat(cluster.awaitMaster()).isSameAs(again);
        assertThat(again.state().aside()).isEmpty();
    }

    @Test
    void drainedMasterStopsItsDutiesWhileItIsValidAndHandsOver() {
        RecordingListener heard = new RecordingListener();
        started("n1", more -> more.listener(heard));
        cluster.awaitMaster();
        ClusterNode second = started("n2", more -> more);

        drain("n1", Optional.of(new Drain("ana", "", Instant.now())));

        cluster.awaitRole(second, Role.MASTER);
        assertThat(heard.heard()).contains("ending 1 planned valid");
        assertThat(queue()).containsExactly("n2");
    }

    @Test
    void higherPriorityGoesBeforeALowerOneThatCameFirst() {
        started("n1", more -> more);
        cluster.awaitMaster();
        started("n2", more -> more.priority(50));
        started("n3", more -> more.priority(200));

        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> queue().equals(List.of("n1", "n3", "n2")));

        assertThat(cluster.master().orElseThrow().state().id()).isEqualTo(NodeId.of("n1"));
    }

    @Test
    void masterStepsDownForAHigherPriorityThatPreempts() {
        started("n1", more -> more);
        cluster.awaitMaster();
        ClusterNode preferred = started("n2", more -> more.preemptingPriority(200));

        cluster.awaitRole(preferred, Role.MASTER);

        ClusterView view = cluster.withStore(store -> store.view());
        assertThat(view.master().tenure().orElseThrow().epoch().number()).isEqualTo(2);
        assertThat(entry("n1").notes().penalty()).isEmpty();
    }

    @Test
    void unfitMasterHandsOverAndSaysWhyUntilItIsFitAgain() {
        AtomicReference<Optional<String>> health = new AtomicReference<>(Optional.empty());
        ClusterNode first = started("n1", more -> more.health(health::get, QUICK));
        cluster.awaitMaster();
        ClusterNode second = started("n2", more -> more);

        health.set(Optional.of("disk full"));

        cluster.awaitRole(second, Role.MASTER);
        cluster.awaitRole(first, Role.STANDBY);
        assertThat(first.state().aside()).contains("unhealthy: disk full");
        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> entry("n1").notes().illness().isPresent());
        assertThat(entry("n1").notes().penalty().orElseThrow().strikes()).isEqualTo(1);
        health.set(Optional.empty());
        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> queue().equals(List.of("n2", "n1")));
        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> entry("n1").notes().illness().isEmpty());
    }

    /** Found unfit before it ever queued: it is a member, and ready, but nobody is master. */
    @Test
    void unfitNodeStartsAsAStandby() {
        ClusterNode node = started("n1", more -> more.health(() -> Optional.of("warming up"), QUICK));

        assertThat(node.state().role()).isEqualTo(Role.STANDBY);
        assertThat(node.state().aside()).contains("unhealthy: warming up");
        assertThat(queue()).isEmpty();
    }

    @Test
    void mastershipThatEndsWithoutAWordIsOnRecordWhenTheNodeIsBack() {
        started("n1", more -> more);
        cluster.awaitMaster();
        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> entry("n1").notes().serving().isPresent());

        cluster.expireSessionOf(NodeId.of("n1"));

        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> entry("n1").notes().penalty().isPresent());
        assertThat(entry("n1").notes().penalty().orElseThrow().epoch().number()).isEqualTo(1);
    }
}
