package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The first change of master in a process's life, which has been rehearsed. */
class FirstFailoverIT {

    /** They were 33 before that was rehearsed. */
    private static final int FEW = 5;
    /** The first moments of a mastership belong to the application; this is the first thing that is done after them. */
    private static final String AFTERWARDS = " io.curia.core.Action$Note ";

    @AutoClose
    private final ProcessCluster cluster = ProcessCluster.withLongSessions();
    private final Path loaded = cluster.scratch().resolve("classes");

    @Test
    void hardlyAnythingIsLoadedOrLinkedBetweenAMastersDeathAndItsSuccession() throws Exception {
        RunningNode master = cluster.member("n1").awaitMaster();
        Path levels = Files.writeString(cluster.scratch().resolve("levels"), "io.curia.runtime.Rehearsal=DEBUG\n");
        RunningNode heir = cluster.start(Map.of("CURIA_JAVA_OPTS", "-Xlog:class+load:file=" + loaded),
                "--id", "n2", "--port", "0", "--log-levels-file", levels.toString()).awaitReady();
        Awaitility.await().atMost(RunningNode.PATIENCE).until(() -> heir.said().contains("n2: rehearsed 30 times"));
        int before = loaded().size();

        master.signal("KILL");
        heir.awaitMaster();

        assertThat(cluster.records().withStore(store -> store.master()).tenure().orElseThrow().cause())
                .isEqualTo(Cause.CRASH);
        List<String> all = loaded();
        assertThat(all).as("what is done afterwards").anyMatch(line -> line.contains(AFTERWARDS));
        assertThat(all.stream().skip(before).takeWhile(line -> !line.contains(AFTERWARDS))
                .filter(line -> line.contains(" io.curia."))).hasSizeLessThan(FEW);
    }

    private List<String> loaded() throws IOException {
        return Files.readAllLines(loaded);
    }
}
