package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Farewell;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.MasterRecord;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.RefusalReason;
import io.curia.model.Role;
import io.curia.runtime.NodeState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a node says when it ends, and what it advises whoever reads it. */
final class ConsoleReportTest {

    private final StringWriter said = new StringWriter();
    private final ConsoleReport report = new ConsoleReport(NodeId.of("n1"), new PrintWriter(said));

    private static NodeState in(Role role) {
        return new NodeState(NodeId.of("n1"), MemberKind.CANDIDATE, role, Epoch.NONE, Incarnation.of(0, 1),
                new Endpoint("127.0.0.1", 8001), true, Optional.empty(), OptionalInt.empty(), Optional.empty(),
                MasterRecord.VACANT, false);
    }

    /** Whoever says that it is ready is another thread than the one that tells of states. */
    @Test
    void readyIsSaidAfterTheRoleInWhichItIs() {
        report.onState(in(Role.JOINING));
        report.ready(in(Role.STANDBY));
        report.onState(in(Role.STANDBY));
        report.onState(in(Role.ELECTED));

        assertThat(said.toString().lines().map(line -> line.replaceFirst(" epoch.*", ""))).containsExactly(
                "role id=n1 role=JOINING", "role id=n1 role=STANDBY", "ready id=n1 role=STANDBY",
                "role id=n1 role=ELECTED");
    }

    @Test
    void readyIsSaidAtOnceIfTheRoleWasSaid() {
        report.onState(in(Role.STANDBY));
        report.onState(in(Role.ELECTED));
        report.ready(in(Role.STANDBY));

        assertThat(said.toString()).endsWith("ready id=n1 role=STANDBY epoch=0 address=127.0.0.1:8001"
                + System.lineSeparator());
    }

    /** The process may be about to exit, and the thread that would tell of it with it. */
    @Test
    void theLastWordIsSaidOnceByWhoeverComesFirst() {
        Farewell failed = Farewell.of(Farewell.Kind.FAILED, "port 8001 is in use");

        report.awaitEnd(failed);
        report.onEnded(failed);
        report.awaitEnd(failed);

        assertThat(said.toString().lines()).containsExactly("ended FAILED: port 8001 is in use");
    }

    @Test
    void whoWaitsForTheLastWordLeavesItToTheThreadThatTells() {
        Farewell left = Farewell.of(Farewell.Kind.LEFT, "told to");
        CompletableFuture<Void> telling = CompletableFuture.runAsync(() -> {
            report.onState(in(Role.LEAVING));
            report.onEnded(left);
        });

        report.awaitEnd(left);

        telling.join();
        assertThat(said.toString().lines().map(line -> line.replaceFirst(" epoch.*", "")))
                .containsExactly("role id=n1 role=LEAVING", "ended LEFT: told to");
    }

    @Test
    void anOrderlyEndNeedsNoAdvice() {
        report.onEnded(Farewell.of(Farewell.Kind.LEFT, "told to"));

        assertThat(said.toString().strip()).isEqualTo("ended LEFT: told to");
    }

    @Test
    void anEvictedNodeSaysHowItIsLetInAgain() {
        report.onEnded(Farewell.of(Farewell.Kind.EVICTED, "evicted by ann"));

        assertThat(said.toString().strip())
                .isEqualTo("ended EVICTED: evicted by ann; to let it in again: admin-cli readmit n1");
    }

    @Test
    void whoLacksTheSecretIsToldWhichOptionGivesIt() {
        report.onEnded(Farewell.refused(RefusalReason.UNAUTHORIZED, "no proof"));

        assertThat(said.toString()).startsWith("ended REFUSED UNAUTHORIZED: no proof; ").contains("--join-secret-file");
    }

    @Test
    void whoDoesNotReachZooKeeperIsToldWhichOptionNamesIt() {
        report.onEnded(Farewell.of(Farewell.Kind.UNREACHABLE, "nobody there"));

        assertThat(said.toString()).contains("--zookeeper", "node zookeeper");
    }
}
