package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.cli.ExitCode;
import io.curia.model.Epoch;
import io.curia.model.MemberStatus;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.wire.message.StatusReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.curator.test.InstanceSpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Nodes as real processes over a real server: real signals, real exit codes. */
class NodeProcessIT {

    @AutoClose
    private final ProcessCluster cluster = ProcessCluster.start();

    private static String freePort() {
        return Integer.toString(InstanceSpec.getRandomPort());
    }

    private MemberStatus statusOf(String id) {
        return cluster.records().withStore(store -> store.view()).member(NodeId.of(id)).orElseThrow().status();
    }

    /** The tutorial's four command lines, with ports that are free here. */
    @Test
    void theTutorialsFourNodesFormACluster() throws Exception {
        String first = freePort();
        String third = freePort();
        cluster.start("--makeMasterOnError", "--myport", first).awaitMaster();
        cluster.start("--myport", freePort(), "--clusterip", "127.0.0.1:" + first).awaitReady();
        cluster.start("--myport", third, "--clusterip", "127.0.0.1:" + first).awaitReady();
        cluster.start("--myport", freePort(), "--clusterip", "127.0.0.1:" + third).awaitReady();

        assertThat(cluster.records().withStore(store -> store.view()).live()).hasSize(4);
    }

    @Test
    void sigtermLeavesInOrderAndTheSuccessorIsMaster() throws Exception {
        RunningNode master = cluster.member("n1").awaitMaster();
        RunningNode standby = cluster.member("n2");

        master.signal("TERM");

        assertThat(master.awaitExit()).isEqualTo(ExitCode.OK.code());
        standby.awaitMaster();
        assertThat(standby.status().orElseThrow().epoch()).isEqualTo(new Epoch(2));
        assertThat(statusOf("n1")).isEqualTo(MemberStatus.DOWN);
    }

    @Test
    void ctrlCIsToldApartFromAnOrderlyEnd() throws Exception {
        RunningNode node = cluster.member("n1");

        node.signal("INT");

        assertThat(node.awaitExit()).isEqualTo(ExitCode.INTERRUPTED.code());
        assertThat(statusOf("n1")).isEqualTo(MemberStatus.DOWN);
    }

    @Test
    void aKilledMasterIsSucceeded() throws Exception {
        RunningNode master = cluster.member("n1").awaitMaster();
        RunningNode standby = cluster.member("n2");

        master.signal("KILL");

        standby.awaitMaster();
        assertThat(standby.status().orElseThrow().epoch()).isEqualTo(new Epoch(2));
    }

    /** The moment it runs again it must know, before any event can reach it. */
    @Test
    void aMasterFrozenPastItsSessionNeverCallsItselfValidAgain() throws Exception {
        RunningNode frozen = cluster.member("n1").awaitMaster();
        RunningNode successor = cluster.member("n2");
        Epoch lost = frozen.status().orElseThrow().epoch();
        frozen.signal("STOP");
        successor.awaitMaster();

        frozen.signal("CONT");

        List<StatusReply> answers = new ArrayList<>();
        Awaitility.await().atMost(RunningNode.PATIENCE).pollInSameThread().until(() -> {
            frozen.status().ifPresent(answers::add);
            return answers.stream().anyMatch(answer -> answer.role() == Role.STANDBY && answer.connected());
        });
        assertThat(answers).noneMatch(StatusReply::valid);
        assertThat(successor.status().orElseThrow().epoch().isAfter(lost)).isTrue();
    }

    @Test
    void aNodeKilledAndStartedAtOnceTakesItsPlaceBackWithoutWaitingForItsOldSession() throws Exception {
        RunningNode other = cluster.member("n1").awaitMaster();
        RunningNode victim = cluster.member("n2");
        victim.signal("KILL");
        victim.awaitExit();

        RunningNode again = cluster.member("n2");

        assertThat(again.said()).doesNotContain("DUPLICATE");
        assertThat(statusOf("n2")).isEqualTo(MemberStatus.LIVE);
        assertThat(other.status().orElseThrow().valid()).isTrue();
    }

    @Test
    void anEvictedNodeIsToldWhyAndStaysOut() throws Exception {
        cluster.member("n1").awaitMaster();
        RunningNode victim = cluster.member("n2");

        cluster.records().evict(NodeId.of("n2"), Optional.empty());

        assertThat(victim.awaitExit()).isEqualTo(ExitCode.EVICTED.code());
        assertThat(victim.said()).contains("ended EVICTED: evicted by operator: test");
        assertThat(cluster.start("--id", "n2", "--port", "0").awaitExit()).isEqualTo(ExitCode.EVICTED.code());
    }

    @Test
    void aFrozenNodeThatWasEvictedEndsWhenItRunsAgain() throws Exception {
        cluster.member("n1").awaitMaster();
        RunningNode victim = cluster.member("n2");
        victim.signal("STOP");
        cluster.records().evict(NodeId.of("n2"), Optional.empty());
        assertThat(statusOf("n2")).isEqualTo(MemberStatus.EVICTED);

        victim.signal("CONT");

        assertThat(victim.awaitExit()).isEqualTo(ExitCode.EVICTED.code());
    }

    @Test
    void aFrozenMasterThatIsEvictedIsSucceededOnlyWhenItsGuardMustHaveRunOut() throws Exception {
        RunningNode victim = cluster.member("n1").awaitMaster();
        RunningNode successor = cluster.member("n2");
        victim.signal("STOP");

        cluster.records().evict(NodeId.of("n1"), Optional.empty());
        successor.awaitMaster();
        victim.signal("CONT");

        assertThat(victim.awaitExit()).isEqualTo(ExitCode.EVICTED.code());
        assertThat(victim.said()).contains("evicted by operator");
    }

    @Test
    void aDuplicateIdIsRefusedWithTheReasonOnStandardError() throws Exception {
        RunningNode first = cluster.member("n1");
        String elsewhere = cluster.scratch().resolve("elsewhere").toString();

        RunningNode twin = cluster.start("--id", "n1", "--port", "0", "--data-dir", elsewhere);

        assertThat(twin.awaitExit()).isEqualTo(ExitCode.JOIN_REFUSED.code());
        assertThat(twin.said()).contains("ended REFUSED DUPLICATE_ID").contains(first.address().toString());
    }

    @Test
    void withoutAPeerThatAnswersItGivesUp() throws Exception {
        RunningNode node = cluster.start("--id", "n1", "--port", "0", "--join", "127.0.0.1:" + freePort());

        assertThat(node.awaitExit()).isEqualTo(ExitCode.NO_PEER.code());
        assertThat(node.said()).contains("connection refused");
    }

    @Test
    void withoutZooKeeperItSaysWhereItLooked() throws Exception {
        String nowhere = "127.0.0.1:" + freePort();
        RunningNode node = cluster.start("--id", "n1", "--port", "0", "--zookeeper", nowhere, "--connect-timeout",
                "1s");

        assertThat(node.awaitExit()).isEqualTo(ExitCode.ZOOKEEPER_UNREACHABLE.code());
        assertThat(node.said()).contains(nowhere);
    }

    @Test
    void withoutThePermissionItSaysSo() throws Exception {
        Path owner = Files.writeString(cluster.scratch().resolve("owner"), "owner:secret-of-the-owner");
        Path other = Files.writeString(cluster.scratch().resolve("other"), "other:secret-of-another");
        cluster.start("--id", "n1", "--port", "0", "--auth-file", owner.toString()).awaitReady();

        RunningNode stranger = cluster.start("--id", "n2", "--port", "0", "--auth-file", other.toString());

        assertThat(stranger.awaitExit()).isEqualTo(ExitCode.NOT_PERMITTED.code());
        assertThat(stranger.said()).doesNotContain("secret-of");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        RunningNode first = cluster.member("n1");

        RunningNode second = cluster.start("--id", "n2", "--port", Integer.toString(first.address().port()));

        assertThat(second.awaitExit()).isEqualTo(ExitCode.UNEXPECTED.code());
        assertThat(second.said()).contains(first.address().toString()).contains("in use");
    }

    @Test
    void aWrongCommandLineIsExplained() throws Exception {
        RunningNode node = cluster.start("--port", "70000", "--id", "n1");

        assertThat(node.awaitExit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(node.said()).contains("70000").contains("0-65535");
    }

    @Test
    void anAuthFileThatHoldsSomethingElseIsWrongUsage() throws Exception {
        Path auth = Files.writeString(cluster.scratch().resolve("auth"), "no-password-here\n");

        RunningNode node = cluster.start("--id", "n1", "--port", "0", "--auth-file", auth.toString());

        assertThat(node.awaitExit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(node.said()).contains("expected: one line, user:password").doesNotContain("no-password-here");
    }
}
