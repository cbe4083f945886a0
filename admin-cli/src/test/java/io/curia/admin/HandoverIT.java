package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Epoch;
import io.curia.model.Intents.Place;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.model.Switchover;
import io.curia.runtime.ClusterNode;
import io.curia.runtime.TestCluster;
import io.curia.store.TestNode;
import io.curia.zookeeper.ZooKeeperConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code switchover}, {@code step-down}, {@code pause}, {@code resume} on real nodes; refusals as processes. */
class HandoverIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestCluster cluster = TestCluster.start();
    private PaperTerminal admin = new PaperTerminal();
    private AdminProgram program;

    @TempDir
    private Path scratch;

    @AfterEach
    void end() throws IOException {
        cluster.close();
    }

    private int run(String line) {
        admin = new PaperTerminal();
        Map<String, String> environment = Map.of("CURIA_ZOOKEEPER", cluster.connectString(), "CURIA_CLUSTER",
                cluster.name(), "USER", "ann", "HOSTNAME", "desk");
        return Verbs.run(new Surroundings(admin, (settings, verbose) -> {
            ZooKeeperConnection connection = ZooKeeperConnection.forTool(settings);
            return new OpenStore(connection.store(), connection::close);
        }, new SystemTime(), environment), line.split(" "));
    }

    private int process(String line) throws Exception {
        program = new AdminProgram(cluster, scratch);
        return program.run(line);
    }

    /** Starts n1, which becomes master, and the others behind it, in this order. */
    private ClusterNode ofThree() {
        ClusterNode first = cluster.started("n1");
        cluster.awaitMaster();
        for (String id : List.of("n2", "n3")) {
            cluster.started(id);
            awaitQueued(id);
        }
        return first;
    }

    private void awaitQueued(String id) {
        Awaitility.await().atMost(PATIENCE).until(() -> cluster.withStore(store -> store.intents().queue()
                .orElseThrow().stream().map(Place::id).anyMatch(NodeId.of(id)::equals)));
    }

    private boolean isPending() {
        return cluster.withStore(store -> store.intents().switchover().what().filter(Switchover::pending).isPresent());
    }

    private String master() {
        return cluster.withStore(store -> store.view().currentMaster().orElseThrow().id().value());
    }

    @Test
    void switchoverEndsAtTheNamedNodeThatWasLastInTheQueue() throws Exception {
        ClusterNode first = ofThree();

        assertThat(run("switchover --to n3 --dry-run -o name")).as(admin.said()).isZero();
        assertThat(admin.printed()).isEqualTo("n3\n");
        assertThat(process("switchover --to n3 --if-epoch 1 --reason kernel --yes")).as(program.said()).isZero();

        assertThat(program.said()).contains("n3 is master, epoch 2 after SWITCHOVER");
        assertThat(program.printed()).containsPattern("n3 +LIVE +MASTER").containsPattern("n1 +LIVE +STANDBY");
        cluster.awaitRole(first, Role.STANDBY);
        awaitQueued("n1");
    }

    @Test
    void whoeverSteppedDownRestsWhileOthersQueue() throws Exception {
        ofThree();

        assertThat(run("step-down --cooldown 10m --yes")).as(admin.said()).isZero();

        assertThat(master()).isEqualTo("n2");
        Awaitility.await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> cluster.withStore(store ->
                store.intents().queue().orElseThrow().stream().map(Place::id).toList()
                        .equals(List.of(NodeId.of("n2"), NodeId.of("n3")))));
    }

    @Test
    void nobodyIsPromotedInAPauseExceptByForce() throws Exception {
        ClusterNode first = ofThree();
        assertThat(run("pause --for 1h --reason upgrade")).as(admin.said()).isZero();
        Awaitility.await().atMost(PATIENCE).until(() -> run("members --via " + first.state().address()) == 0
                && admin.said().contains("PAUSED for 59m more by ann@desk: upgrade; as n1 read it"));
        assertThat(run("switchover --to n3 --yes")).isEqualTo(7);
        assertThat(process("switchover --to n3 --dry-run")).isEqualTo(10);

        first.stop().join();

        assertThat(run("members")).isZero();
        assertThat(admin.said()).contains("NO MASTER", "PAUSED for 59m more by ann@desk: upgrade");
        assertThat(run("step-down --yes")).isEqualTo(6);
        assertThat(run("switchover --to n3 --yes --force")).as(admin.said()).isZero();
        assertThat(master()).isEqualTo("n3");
    }

    @Test
    void whoeverIsNextBecomesMasterWhenThePauseIsLifted() throws Exception {
        ClusterNode first = ofThree();
        assertThat(run("pause --for 1h")).as(admin.said()).isZero();
        first.stop().join();

        assertThat(run("resume")).as(admin.said()).isZero();

        Awaitility.await().atMost(PATIENCE).until(() -> cluster.withStore(store ->
                store.view().currentMaster().map(found -> found.id().value()).equals(Optional.of("n2"))));
    }

    @Test
    void pauseEndsByItself() throws Exception {
        ClusterNode first = ofThree();
        assertThat(run("pause --for 3s")).as(admin.said()).isZero();
        first.stop().join();

        Awaitility.await().atMost(PATIENCE).until(() -> cluster.withStore(store ->
                store.view().currentMaster().isPresent()));
    }

    /** Somebody queues before the target and does not give way: no node of ours, but it could be a frozen one. */
    @Test
    void whatCannotBeginIsWithdrawnAndSaysWhy() throws Exception {
        cluster.started("n1");
        cluster.awaitMaster();
        try (ZooKeeperConnection connection = ZooKeeperConnection.forNode(cluster.settings())) {
            TestNode stubborn = new TestNode(NodeId.of("n2"), connection.session(NodeId.of("n2"))).queued(7);
            cluster.started("n3");
            awaitQueued("n3");

            assertThat(process("switchover --to n3 --yes --timeout 2s")).isEqualTo(8);

            assertThat(program.said()).contains("withdrew it", "n2 queues before n3");
            assertThat(master()).isEqualTo("n1");
            assertThat(program.interrupted("switchover --to n3 --yes", this::isPending)).isEqualTo(130);
            assertThat(program.said()).contains("interrupted: withdrew the switchover to n3");
            assertThat(isPending()).isFalse();
            stubborn.session.close();
        }
    }

    /** It queues, as a frozen process does until its session ends, and nobody answers where it is registered. */
    @Test
    void nobodyIsHandedOverToWhoDoesNotAnswer() throws Exception {
        cluster.started("n1");
        cluster.awaitMaster();
        try (ZooKeeperConnection connection = ZooKeeperConnection.forNode(cluster.settings())) {
            TestNode mute = new TestNode(NodeId.of("n2"), connection.session(NodeId.of("n2"))).queued(7);
            awaitQueued("n2");

            assertThat(process("switchover --to n2 --yes --force")).isEqualTo(8);

            assertThat(program.said()).contains("it did not happen: TARGET_GONE by n1: n2 ")
                    .contains(mute.member().address().toString());
            Epoch epoch = cluster.withStore(store -> store.master().epoch());
            assertThat(epoch).isEqualTo(new Epoch(1));
            assertThat(process("step-down --yes")).isEqualTo(8);
            assertThat(master()).isEqualTo("n1");
            mute.session.close();
        }
    }

    @Test
    void scheduledSwitchoverIsWithdrawn() throws Exception {
        ofThree();

        assertThat(run("switchover --to n3 --at 2099-01-01T00:00:00Z --yes")).as(admin.said()).isZero();
        assertThat(run("members -o json")).isZero();
        assertThat(admin.printed()).contains("\"notBefore\": \"2099-01-01T00:00:00.000Z\"");
        assertThat(run("switchover --cancel")).as(admin.said()).isZero();

        assertThat(admin.said()).contains("withdrew the switchover to n3");
        assertThat(master()).isEqualTo("n1");
    }

    @Test
    void everyRefusalHasItsExitCode() throws Exception {
        assertThat(process("step-down --yes")).as("no such cluster").isEqualTo(5);
        assertThat(process("pause --for 1m")).as("no such cluster").isEqualTo(5);
        ClusterNode alone = cluster.started("n1");
        cluster.awaitMaster();

        assertThat(process("switchover --to n9 --yes")).as("no such member").isEqualTo(5);
        assertThat(process("switchover --yes")).as("nobody else").isEqualTo(7);
        assertThat(process("switchover --yes --if-epoch 9")).as("another epoch").isEqualTo(7);
        assertThat(process("switchover --to n1")).as("there already").isZero();
        assertThat(process("pause")).as("without a bound").isEqualTo(2);
        assertThat(process("resume --zookeeper 127.0.0.1:1 --connect-timeout 300ms")).as("unreachable").isEqualTo(3);
        alone.stop().join();
        assertThat(process("switchover --yes")).as("no master").isEqualTo(6);
    }
}
