package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Farewell;
import io.curia.model.NodeId;
import io.curia.model.RefusalReason;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What a node says when it ends, and what it advises whoever reads it. */
final class ConsoleReportTest {

    private final StringWriter said = new StringWriter();
    private final ConsoleReport report = new ConsoleReport(NodeId.of("n1"), new PrintWriter(said));

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
