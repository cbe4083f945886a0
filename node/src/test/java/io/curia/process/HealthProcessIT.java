package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Role;
import io.curia.wire.message.StatusReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The options on candidacy, with nodes as processes and checks as processes of theirs. */
class HealthProcessIT {

    @AutoClose
    private final ProcessCluster cluster = ProcessCluster.start();

    @Test
    void unhealthyMasterHandsOverAndSaysSo() throws Exception {
        Path well = Files.createFile(cluster.scratch().resolve("well"));
        RunningNode first = cluster.start("--id", "n1", "--port", "0", "--health-command",
                "sh -c 'test -e " + well + " || { echo gone: $CURIA_ID; exit 3; }'", "--health-interval", "100ms",
                "--health-timeout", "30s").awaitMaster();
        RunningNode second = cluster.start("--id", "n2", "--port", "0", "--priority", "50").awaitReady();

        Files.delete(well);

        second.awaitMaster();
        first.awaitSaid(Pattern.compile("(?m)^aside id=n1: no candidate: unhealthy: exit code 3: gone: n1$"));
        Awaitility.await().atMost(RunningNode.PATIENCE)
                .until(() -> first.status().map(StatusReply::role).filter(Role.STANDBY::equals).isPresent());
        Files.createFile(well);
        first.awaitSaid(Pattern.compile("(?m)^candidate id=n1: stands for election again$"));
        first.signal("TERM");
        assertThat(first.awaitExit()).isZero();
    }

    @Test
    void optionsThatCannotBeMeantAreWrongUsage() throws Exception {
        for (String[] wrong : List.of(new String[] {"--priority", "0"}, new String[] {"--health-command", "'open"},
                new String[] {"--health-command", "true", "--health-fall", "0"})) {
            RunningNode node = cluster.start(wrong);

            assertThat(node.awaitExit()).isEqualTo(2);
            assertThat(node.said()).hasLineCount(1).contains("expected");
        }
    }
}
