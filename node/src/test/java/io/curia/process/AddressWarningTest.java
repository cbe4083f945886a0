package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Endpoint;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Priority;
import io.curia.runtime.Failover;
import io.curia.runtime.NodeConfig;
import io.curia.zookeeper.ZooKeeperSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told that others will not find it. */
class AddressWarningTest {

    private static Optional<String> warning(String zooKeeper, String bind, String advertise) {
        return AddressWarning.of(new NodeConfig(NodeId.of("n1"), ZooKeeperSettings.of(zooKeeper, "demo"),
                new Endpoint(bind, 8001), Optional.ofNullable(advertise).map(Endpoint::parse), List.of(), false,
                MemberKind.CANDIDATE, Map.of(), Priority.DEFAULT, Optional.empty(), Optional.empty(), Optional.empty(),
                true, Failover.FAST, Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zk1:2181", "127.0.0.1:2181,zk2:2181", "10.0.0.1:2181/apps"})
    void theLoopbackAddressIsNoAddressInAClusterOfSeveralHosts(String zooKeeper) {
        assertThat(warning(zooKeeper, "127.0.0.1", null)).get().asString().contains(zooKeeper, "--host", "--advertise");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:2181", "localhost:2181,127.0.0.1:2182/apps", "[::1]:2181"})
    void onOneHostItIs(String zooKeeper) {
        assertThat(warning(zooKeeper, "127.0.0.1", null)).isEmpty();
    }

    @Test
    void whoeverSaysWhereItIsFoundIsNotTold() {
        assertThat(warning("zk1:2181", "127.0.0.1", "alpha:8001")).isEmpty();
        assertThat(warning("zk1:2181", "0.0.0.0", null)).isEmpty();
    }
}
