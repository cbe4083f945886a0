package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Departure;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.store.NodeSession.Removal;
import io.curia.store.Outcome;
import io.curia.store.TestNode;
import io.curia.wire.AskTimeouts;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.StatusRequest;
import io.curia.wire.message.Vigil;
import io.curia.zookeeper.ZooKeeperConnection;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A live master is removed as dead by somebody who is wrong. */
class FalseAccusationIT {

    private TestCluster cluster;

    @BeforeEach
    void startZooKeeper() {
        cluster = TestCluster.start();
    }

    @AfterEach
    void stopEverything() throws IOException {
        cluster.close();
    }

    private static Vigil vigilOf(ClusterNode node) {
        return BlockingNodeClient.ask(node.state().address(), new StatusRequest(), AskTimeouts.of(TestCluster.PATIENCE))
                .as(StatusReply.class).orElseThrow().vigil();
    }

    @Test
    void theAccusedStepsDownRegistersAnewCountsItAndIsSucceeded() throws Exception {
        ClusterNode accused = cluster.started("n1");
        cluster.awaitRole(accused, Role.MASTER);
        ClusterNode next = cluster.started("n2");
        Incarnation before = accused.state().incarnation();

        accuse(accused);

        cluster.awaitRole(next, Role.MASTER);
        assertThat(next.state().epoch()).isEqualTo(new Epoch(2));
        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> accused.state().role() == Role.STANDBY
                && !accused.state().incarnation().equals(before));
        assertThat(accused.mastership()).isEmpty();
        assertThat(vigilOf(accused).suffered()).isEqualTo(1);
        assertThat(vigilOf(next).suffered()).isZero();
    }

    private void accuse(ClusterNode accused) throws Exception {
        NodeId id = accused.state().id();
        try (ZooKeeperConnection connection = ZooKeeperConnection.forNode(cluster.settings())) {
            TestNode accuser = new TestNode(NodeId.of("slanderer"), connection.session(NodeId.of("slanderer")))
                    .connected();
            Outcome outcome = accuser.session.remove(List.of(new Removal(id, accused.state().incarnation(), true,
                    "lifeline cut, it says", Instant.now()))).toCompletableFuture()
                    .get(TestCluster.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.DONE);
            accuser.session.close();
        }
        assertThat(cluster.withStore(store -> store.roster(id)).orElseThrow().departure())
                .as("unless it is back already")
                .satisfiesAnyOf(gone -> assertThat(gone).isEmpty(),
                        gone -> assertThat(gone.orElseThrow()).extracting(Departure::actor, Departure::evidence)
                                .containsExactly("slanderer", "lifeline cut, it says"));
    }
}
