package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a drill does to a cluster, what it refuses to do, and that it leaves nobody hurt. */
class DrillTest {

    private final DrillStage stage = new DrillStage();

    private String said() {
        return stage.desk.said();
    }

    @Test
    void aKillRoundKillsTheMasterAwaitsTheSuccessorAndStartsTheVictimAgain() {
        assertThat(stage.drill("kill-master", "--rounds", "1", "--yes")).as(said()).isZero();

        assertThat(stage.processes.acts).containsExactly("KILL 4001", "start node --pid 4001");
        assertThat(stage.desk.printed()).contains("n1", "n2", "1>2", "ok", "median", "p95", "p99", "max");
        assertThat(said()).contains("round 1 of 1: n1 (epoch 1) killed; n2 is master in epoch 2");
        assertThat(stage.member("n1")).isPresent();
    }

    @Test
    void everyRoundHurtsWhoeverIsMasterThen() {
        assertThat(stage.drill("kill-master", "-n", "3", "--yes", "-o", "name")).as(said()).isZero();

        assertThat(stage.desk.printed()).isEqualTo("n2\nn1\nn2\n");
        assertThat(stage.processes.acts).filteredOn(act -> act.startsWith("KILL")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"freeze-master,STOP 4001,CONT 4001", "stop-master,TERM 4001,start node --pid 4001",
        "restart-master,KILL 4001,start node --pid 4001"})
    void everyFaultIsPutRightInItsWay(String fault, String hurt, String right) {
        assertThat(stage.drill(fault, "-n", "1", "--yes")).as(said()).isZero();

        assertThat(stage.processes.acts).containsExactly(hurt, right);
    }

    @Test
    void commandsServeNodesOfOtherMachines() {
        stage.processes.elsewhere("host-n1").elsewhere("host-n2").elsewhere("host-n3");

        assertThat(stage.drill("kill-master", "-n", "1", "--yes", "--kill-command", "hurt {id} {pid} {host} {address} "
                + "{epoch}", "--start-command", "start {id}")).as(said()).isZero();

        assertThat(stage.processes.acts)
                .containsExactly("sh: hurt n1 4001 host-n1 127.0.0.1:8001 1", "sh: start n1");
    }

    @Test
    void theObjectiveDecidesTheExitCode() {
        assertThat(stage.drill("kill-master", "-n", "1", "--yes", "--slo", "1s")).as(said()).isZero();
        DrillStage slow = new DrillStage();
        assertThat(slow.drill("kill-master", "-n", "1", "--yes", "--slo", "1ms")).isEqualTo(11);

        assertThat(said()).contains("objective 1000 ms met");
        assertThat(slow.desk.said()).contains("objective 1 ms MISSED");
    }

    /** Nobody has to set an objective for that. */
    @Test
    void twoMastersAtOnceMissAnyObjective() {
        stage.staleWhenResumed = true;

        assertThat(stage.drill("freeze-master", "-n", "1", "--yes")).isEqualTo(11);

        assertThat(said()).contains("TWO MASTERS AT ONCE");
    }

    @Test
    void whenNobodyFollowsTheVictimIsPutRightAndTheOutcomeIsNotConfirmed() {
        stage.nobodyFollows = true;

        assertThat(stage.drill("freeze-master", "--yes", "--timeout", "3s")).isEqualTo(8);

        assertThat(stage.processes.acts).containsExactly("STOP 4001", "CONT 4001");
        assertThat(said()).contains("NOT CONFIRMED: no new valid master within 3s").contains("1 of 5 rounds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"freeze-master", "kill-master"})
    void anInterruptPutsTheVictimRightAndReportsWhatWasDone(String fault) {
        stage.nobodyFollows = true;
        stage.processes.whenActed(act -> stage.desk.time.thenInterrupt());

        assertThat(stage.drill(fault, "--yes", "-o", "json")).isEqualTo(130);

        assertThat(stage.processes.acts).hasSize(2).last().isIn("CONT 4001", "start node --pid 4001");
        assertThat(stage.desk.printed()).contains("\"missing\": \"interrupted\"");
        assertThat(stage.interruptions).as("the process may end").isEqualTo(1);
    }

    @Test
    void aVictimThatCannotBePutRightIsSaidLoudly() {
        stage.processes.failingAt("start node --pid 4001");

        assertThat(stage.drill("kill-master", "-n", "2", "--yes")).isEqualTo(8);

        assertThat(said()).contains("n1 was killed and COULD NOT BE PUT RIGHT: laid in by the test");
        assertThat(stage.processes.acts).hasSize(2);
    }

    @Test
    void aDegradedClusterIsNotTouched() {
        stage.desk.cluster.crash("n3");

        assertThat(stage.drill("kill-master", "--yes")).isEqualTo(7);

        assertThat(said()).hasLineCount(1).contains("degraded", "down: n3", "--force");
        assertThat(stage.processes.acts).isEmpty();
    }

    @Test
    void aDegradedClusterIsDrilledByForceOrByAgreement() {
        stage.desk.cluster.crash("n3");
        DrillStage asked = new DrillStage();
        asked.desk.cluster.crash("n3");
        asked.desk.terminal.answering("y");

        assertThat(stage.drill("kill-master", "-n", "1", "--yes", "--force")).as(said()).isZero();
        assertThat(asked.drill("kill-master", "-n", "1")).as(asked.desk.said()).isZero();

        assertThat(asked.desk.said()).contains("NOT SAFE: down: n3", "Go on?");
    }

    @Test
    void aLoneMasterIsNotKilled() {
        stage.desk.cluster.evict("n2", "ann", "");
        stage.desk.cluster.evict("n3", "ann", "");

        assertThat(stage.drill("kill-master", "--yes")).isEqualTo(7);

        assertThat(said()).contains("only n1 could be master");
    }

    @Test
    void withoutAMasterThereIsNobodyToHurt() {
        stage.desk.cluster.crash("n1");

        assertThat(stage.drill("kill-master", "--yes")).isEqualTo(7);

        assertThat(said()).contains("there is no master now");
    }

    @Test
    void withoutAPersonOrYesNothingIsTouched() {
        assertThat(stage.drill("kill-master")).isEqualTo(7);

        assertThat(said()).contains("add --yes");
        assertThat(stage.processes.acts).isEmpty();
    }

    @Test
    void aNodeThatCannotBeReachedStopsTheDrillBeforeItBegins() {
        stage.processes.elsewhere("host-n2");

        assertThat(stage.drill("kill-master", "--yes")).isEqualTo(7);

        assertThat(said()).contains("nothing was touched", "n2 runs on 'host-n2'");
        assertThat(stage.processes.acts).isEmpty();
    }

    @Test
    void anotherEpochThanTheOneLookedAtIsRefused() {
        assertThat(stage.drill("kill-master", "--yes", "--if-epoch", "9")).isEqualTo(7);

        assertThat(stage.processes.acts).isEmpty();
    }

    @Test
    void aDryRunTouchesNothingAndSaysWhetherItIsSafe() {
        assertThat(stage.drill("kill-master", "--dry-run", "-o", "json")).isZero();
        DrillStage degraded = new DrillStage();
        degraded.desk.cluster.crash("n3");
        assertThat(degraded.drill("kill-master", "--dry-run", "-o", "json")).isEqualTo(10);

        assertThat(stage.desk.printed()).contains("\"safe\": true", "\"hurt\": \"by SIGKILL\"");
        assertThat(degraded.desk.printed()).contains("\"safe\": false", "down: n3");
        assertThat(stage.processes.acts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kill-everybody", "kill-master --rounds 0", "kill-master --slo soon",
        "kill-master --start-command=", "kill-master -o xml"})
    void wrongUsageIsTwo(String line) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");

        assertThat(stage.drill(arguments)).isEqualTo(2);

        assertThat(said()).contains("--help");
    }

    @Test
    void progressIsDrawnOnlyWhereSomebodyLooks() {
        stage.drill("kill-master", "-n", "1", "--yes");
        DrillStage watched = new DrillStage();
        watched.desk.terminal.answering();
        watched.drill("kill-master", "-n", "1", "--yes");

        assertThat(said()).doesNotContain("\r", "[----");
        assertThat(watched.desk.said()).contains("\r\033[K[--------------------] 0/1  n1 is killed");
        assertThat(watched.member("n1").map(member -> member.id())).contains(NodeId.of("n1"));
    }
}
