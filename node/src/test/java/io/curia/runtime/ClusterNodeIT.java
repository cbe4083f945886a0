package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.curia.core.Farewell;
import io.curia.model.Cause;
import io.curia.model.ClusterView;
import io.curia.model.Departure;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Member;
import io.curia.model.MemberRole;
import io.curia.model.MemberStatus;
import io.curia.model.NodeId;
import io.curia.model.Role;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.curator.test.InstanceSpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node from its start to its end, through the public API, over a real server. */
class ClusterNodeIT {

    private static final NodeId N1 = NodeId.of("n1");
    private static final NodeId N2 = NodeId.of("n2");

    private TestCluster cluster;

    @BeforeEach
    void startZooKeeper() {
        cluster = TestCluster.start();
    }

    @AfterEach
    void stopEverything() throws Exception {
        cluster.close();
    }

    @Test
    void theFirstNodeBecomesMasterOfTheFirstEpoch() {
        ClusterNode node = cluster.started("n1");

        assertThat(node.state().role()).isEqualTo(Role.MASTER);
        assertThat(node.mastership().orElseThrow().epoch()).isEqualTo(new Epoch(1));
        assertThat(node.mastership().orElseThrow().tenure().cause()).isEqualTo(Cause.FIRST);
    }

    @Test
    void aMasterThatLeavesIsSucceededUnderTheNextEpoch() {
        ClusterNode first = cluster.started("n1");
        ClusterNode second = cluster.started("n2");
        assertThat(second.state().role()).isEqualTo(Role.STANDBY);

        Farewell farewell = first.stop().join();

        assertThat(farewell.kind()).isEqualTo(Farewell.Kind.LEFT);
        assertThat(cluster.awaitMaster()).isSameAs(second);
        assertThat(second.mastership().orElseThrow().epoch()).isEqualTo(new Epoch(2));
        assertThat(second.mastership().orElseThrow().tenure().cause()).isEqualTo(Cause.LEFT);
    }

    @Test
    void aNodeThatLeftIsListedAsDownBecauseItLeft() {
        cluster.started("n1");
        cluster.started("n2").stop().join();

        ClusterView view = cluster.withStore(store -> store.view());

        assertThat(view.member(N2).orElseThrow().status()).isEqualTo(MemberStatus.DOWN);
        assertThat(view.member(N2).orElseThrow().roster().departure().map(Departure::how))
                .contains(Departure.How.LEFT);
        assertThat(view.member(N1).orElseThrow().role()).isEqualTo(MemberRole.MASTER);
    }

    @Test
    void dutiesStopWhileTheMastershipIsStillValidWhenLeavingIsPlanned() {
        RecordingListener listener = new RecordingListener();
        ClusterNode node = cluster.node("n1", more -> more.listener(listener));
        node.start().join();

        node.stop().join();

        Awaitility.await().atMost(TestCluster.PATIENCE).untilAsserted(() -> assertThat(listener.heard())
                .containsExactly("master 1 valid", "ending 1 planned valid", "ended LEFT"));
    }

    @Test
    void aMasterThatStepsDownGoesToTheEndOfTheQueue() {
        ClusterNode first = cluster.started("n1");
        ClusterNode second = cluster.started("n2");

        first.stepDown("test");

        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> second.mastership().isPresent());
        cluster.awaitRole(first, Role.STANDBY);
        assertThat(second.mastership().orElseThrow().tenure().cause()).isEqualTo(Cause.STEP_DOWN);
        second.stop().join();
        assertThat(cluster.awaitMaster()).isSameAs(first);
    }

    @Test
    void aListenerThatCannotBeginItsDutiesCostsTheNodeItsMastership() {
        ClusterNode failing = cluster.node("n1", more -> more.listener(new NodeListener() {
            @Override
            public void onMaster(Mastership mastership) {
                throw new IllegalStateException("no duties today");
            }
        }));
        failing.start().join();

        ClusterNode second = cluster.started("n2");

        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> second.mastership().isPresent());
    }

    @Test
    void anObserverNeverBecomesMaster() {
        ClusterNode first = cluster.started("n1");
        ClusterNode observer = cluster.node("n2", ClusterNodeBuilder::observer);
        observer.start().join();

        first.stop().join();
        ClusterNode third = cluster.started("n3");

        assertThat(cluster.awaitMaster()).isSameAs(third);
        assertThat(observer.state().role()).isEqualTo(Role.STANDBY);
    }

    @Test
    void startAndStopHaveTheEffectOfOneHoweverOftenTheyAreCalled() {
        ClusterNode node = cluster.node("n1", more -> more);

        assertThat(node.start().join()).isEqualTo(node.start().join());
        assertThat(node.stop().join()).isEqualTo(node.stop().join());
        assertThat(node.isStopped()).isTrue();
    }

    @Test
    void aNodeStoppedBeforeItsStartNeverStarts() {
        ClusterNode node = cluster.node("n1", more -> more);

        assertThat(node.stop().join().kind()).isEqualTo(Farewell.Kind.LEFT);
        assertThatThrownBy(() -> node.start().join()).hasCauseInstanceOf(NodeStartException.class);
    }

    @Test
    void aNodeStoppedWhileItStartsLeavesNothingRegistered() {
        ClusterNode node = cluster.node("n1", more -> more);
        node.start();

        node.stop().join();

        cluster.started("n2");
        Optional<Member> registration = cluster.withStore(store -> store.live(N1));
        assertThat(registration).isEmpty();
    }

    @Test
    void aPortInUseFailsTheStartAndLeavesNothingBehind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            ClusterNode node = cluster.node("n1", more -> more.bind("127.0.0.1:" + taken.getLocalPort()));

            assertThatThrownBy(() -> node.start().join()).isInstanceOf(CompletionException.class)
                    .hasMessageContaining("in use");
            assertThat(node.ended().join().kind()).isEqualTo(Farewell.Kind.FAILED);
        }
    }

    @Test
    void withoutZooKeeperTheStartFailsAndSaysWhereItWasSought() {
        String nowhere = "127.0.0.1:" + InstanceSpec.getRandomPort();
        ClusterNode node = ClusterNode.builder("n1").zooKeeper(cluster.settings()
                .withConnect(nowhere).withConnectTimeout(Duration.ofMillis(500))).build();

        assertThatThrownBy(() -> node.start().join()).hasMessageContaining(nowhere);
        assertThat(node.ended().join().kind()).isEqualTo(Farewell.Kind.UNREACHABLE);
    }

    @Test
    void everyNodeSeesTheSameClusterInTheEnd() {
        ClusterNode first = cluster.started("n1");
        ClusterNode second = cluster.started("n2");

        for (ClusterNode node : new ClusterNode[] {first, second}) {
            Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> node.view()
                    .filter(view -> view.live().size() == 2)
                    .filter(view -> view.currentMaster().map(member -> member.id()).equals(Optional.of(N1)))
                    .isPresent());
        }
    }

    @Test
    void aMemberThatVanishedWithoutAWordIsNotedByTheMaster() {
        cluster.started("n1");
        ClusterNode second = cluster.started("n2");
        cluster.expireSessionOf(N2);
        second.stop();

        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> cluster.withStore(
                store -> store.roster(N2)).orElseThrow().departure().isPresent());
    }

    @Test
    void theAdvertisedAddressIsTheOneThatMembersSee() {
        Endpoint elsewhere = new Endpoint("localhost", InstanceSpec.getRandomPort());
        ClusterNode node = cluster.node("n1", more -> more.bind("127.0.0.1:" + elsewhere.port())
                .advertise(elsewhere.toString()));
        node.start().join();

        Optional<Member> registration = cluster.withStore(store -> store.live(N1));
        assertThat(registration.orElseThrow().address()).isEqualTo(elsewhere);
    }
}
