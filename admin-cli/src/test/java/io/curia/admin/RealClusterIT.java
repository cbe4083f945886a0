package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.curia.model.NodeId;
import io.curia.runtime.ClusterNode;
import io.curia.runtime.TestCluster;
import io.curia.zookeeper.ZooKeeperConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The verbs against real nodes over a real ZooKeeper server. */
class RealClusterIT {

    /** Start of a client, a join, an election, the wait for a guard: each well below this on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestCluster cluster = TestCluster.start();
    private final Map<String, String> environment = Map.of("CURIA_ZOOKEEPER", cluster.connectString(),
            "CURIA_CLUSTER", cluster.name(), "USER", "ann", "HOSTNAME", "desk");
    private PaperTerminal terminal = new PaperTerminal();

    @AfterEach
    void end() throws IOException {
        cluster.close();
    }

    @Test
    void aClusterThatWasNeverMadeIsNotFoundUntilInit() {
        assertThat(run("members")).isEqualTo(5);
        assertThat(terminal.said()).contains("admin-cli init");

        assertThat(run("init", "-o", "name")).isZero();
        String uuid = terminal.printed();
        assertThat(run("init", "-o", "name")).isZero();
        assertThat(terminal.printed()).isEqualTo(uuid);
        assertThat(run("members")).isZero();
        assertThat(run("master")).isEqualTo(6);
    }

    @Test
    void membersAndMasterSayWhatTheNodesAre() throws IOException {
        ClusterNode first = cluster.started("n1");
        cluster.awaitMaster();
        cluster.started("n2");

        assertThat(run("members", "-o", "json")).as(terminal.said()).isZero();
        JsonNode members = new ObjectMapper().readTree(terminal.printed());
        assertThat(members.get("master").asText()).isEqualTo("n1");
        assertThat(members.at("/members/0/role").asText()).isEqualTo("MASTER");
        assertThat(members.at("/members/1/role").asText()).isEqualTo("STANDBY");
        assertThat(members.at("/members/0/pid").asLong()).isEqualTo(ProcessHandle.current().pid());
        assertThat(run("master", "-o", "name")).isZero();
        assertThat(terminal.printed()).isEqualTo("n1\n");

        first.stop().join();
        Awaitility.await().atMost(PATIENCE).until(() -> run("master", "-o", "name") == 0
                && terminal.printed().equals("n2\n"));
        run("members");
        assertThat(terminal.printed()).containsPattern("n1 +DOWN .*left in order");
    }

    @Test
    void anEvictedMasterStopsAndAnotherRulesUntilItIsReadmitted() {
        ClusterNode first = cluster.started("n1");
        cluster.awaitMaster();
        cluster.started("n2");

        assertThat(run("evict", "n1", "--yes", "--reason", "disk failing", "--ban", "1h")).as(terminal.said()).isZero();

        assertThat(terminal.said()).contains("the new master is n2, epoch 2");
        Awaitility.await().atMost(PATIENCE).until(first::isStopped);
        assertThat(run("evictions")).isZero();
        assertThat(terminal.printed()).contains("n1", "ann@desk", "disk failing");
        assertThat(run("readmit", "n1")).as(terminal.said()).isZero();
        cluster.started("n1");
        assertThat(run("members")).isZero();
        assertThat(terminal.printed()).containsPattern("n1 +LIVE +STANDBY");
    }

    @Test
    void aDrainedMasterHandsOverAndStaysOutThroughARestartUntilItIsUndrained() {
        ClusterNode first = cluster.started("n1");
        cluster.awaitMaster();
        cluster.started("n2");

        assertThat(run("drain", "n1", "--yes", "--reason", "new disk")).as(terminal.said()).isZero();

        assertThat(terminal.said()).contains("drained n1; the new master is n2, epoch 2");
        assertThat(run("drain", "n2", "--yes")).isEqualTo(7);
        first.stop().join();
        cluster.started("n1");
        assertThat(run("members")).isZero();
        assertThat(terminal.printed()).containsPattern("n1 +LIVE +DRAINED .*drained by ann@desk: new disk");
        assertThat(run("undrain", "n1")).as(terminal.said()).isZero();
        assertThat(run("drain", "n2", "--yes")).as(terminal.said()).isZero();
        assertThat(terminal.said()).contains("the new master is n1, epoch 3");
    }

    @Test
    void theOnlyCandidateIsSparedWithoutForce() {
        cluster.started("n1");
        cluster.awaitMaster();

        assertThat(run("evict", "n1", "--yes")).isEqualTo(7);
        assertThat(run("evict", "n1", "--dry-run")).isEqualTo(10);
        assertThat(run("evict", "n9", "--yes")).isEqualTo(5);
        assertThat(run("evict", "n1", "--yes", "--if-epoch", "9")).isEqualTo(7);
        assertThat(cluster.<Boolean>withStore(store -> store.live(NodeId.of("n1")).isPresent())).isTrue();

        assertThat(run("evict", "n1", "--yes", "--force")).as(terminal.said()).isZero();
        assertThat(run("master")).isEqualTo(6);
    }

    @Test
    void anUnreachableServerIsThree() throws IOException {
        cluster.zooKeeper().close();

        assertThat(run("members", "--connect-timeout", "300ms")).isEqualTo(3);
        assertThat(terminal.said()).contains(cluster.connectString());
    }

    @Test
    void anAuthFileThatIsNotThereIsWrongUsage() {
        assertThat(run("members", "--auth-file", "/nonexistent/file")).isEqualTo(2);
    }

    private int run(String... arguments) {
        terminal = new PaperTerminal();
        return Verbs.run(new Surroundings(terminal, (settings, verbose) -> {
            ZooKeeperConnection connection = ZooKeeperConnection.forTool(settings);
            return new OpenStore(connection.store(), connection::close);
        }, new SystemTime(), environment), arguments);
    }
}
