package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Farewell;
import io.curia.model.Epoch;
import io.curia.model.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterNodeIT {

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
    }
}
