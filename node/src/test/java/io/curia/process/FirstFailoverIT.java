package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.MasterRecord;
import io.curia.model.NodeId;
import io.curia.model.Switchover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The first change of master in a process's life, which has been rehearsed, or trained for when it was installed. */
class FirstFailoverIT {

    /** They were 33 before that was rehearsed. */
    private static final int FEW = 5;
    private static final Pattern LOADED = Pattern.compile("\\[(\\S+)] (io\\.curia\\.\\S+) source: (.*)");
    private static final String ARCHIVE = "shared objects file";
    private static final Pattern BECAME_MASTER = Pattern.compile("(?m)^(\\S+) INFO .* n2: role \\S+ -> MASTER ");
    private static final DateTimeFormatter JVMS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx");

    @AutoClose
    private final ProcessCluster cluster = ProcessCluster.withLongSessions();
    private final Path loaded = cluster.scratch().resolve("classes");

    private RunningNode heir() throws IOException {
        // Whoever starts first makes the archive, and others that start meanwhile go without it.
        Awaitility.await().atMost(RunningNode.PATIENCE).until(() -> !archives().isEmpty());
        Path levels = Files.writeString(cluster.scratch().resolve("levels"),
                "io.curia.runtime.Rehearsal=DEBUG\nio.curia.runtime.ActionRunner=INFO\n");
        return cluster.start(Map.of("CURIA_JAVA_OPTS", "-Xlog:class+load:file=" + loaded + ":utctime"),
                "--id", "n2", "--port", "0", "--log-levels-file", levels.toString()).awaitReady();
    }

    private static List<Path> archives() throws IOException {
        Path directory = Path.of("target/dist/archive");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    @Test
    void hardlyAnythingIsLoadedOrLinkedBetweenAMastersDeathAndItsSuccession() throws Exception {
        RunningNode master = cluster.member("n1").awaitMaster();
        RunningNode heir = heir();
        Awaitility.await().atMost(RunningNode.PATIENCE).until(() -> heir.said().contains("n2: rehearsed 30 times"));
        int before = loaded(0, Instant.MAX).size();

        master.signal("KILL");
        Instant succession = Instant.parse(heir.awaitSaid(BECAME_MASTER).group(1));

        assertThat(cluster.records().withStore(store -> store.master()).tenure().orElseThrow().cause())
                .isEqualTo(Cause.CRASH);
        assertThat(before).as("all that was loaded until then").isPositive();
        assertThat(loaded(before, succession)).extracting(line -> line.group(2)).hasSizeLessThan(FEW);
    }

    /** They were 30 and more, each spun or linked while nobody was master, before the training handed over. */
    @Test
    void hardlyAnythingInAHandoverIsUnknownToTheClassArchive() throws Exception {
        cluster.member("n1").awaitMaster();
        RunningNode heir = heir();
        List<Matcher> before = loaded(0, Instant.MAX);
        assertThat(before).filteredOn(line -> line.group(3).startsWith(ARCHIVE)).hasSizeGreaterThan(before.size() / 2);

        cluster.records().withStore(store -> {
            store.putSwitchover(store.intents().switchover().saying(switchoverTo("n2", store.master())),
                    store.master().version());
            return store.master();
        });
        Instant succession = Instant.parse(heir.awaitSaid(BECAME_MASTER).group(1));

        List<Matcher> meanwhile = loaded(before.size(), succession);
        assertThat(meanwhile).as("of a handover nothing was loaded before").isNotEmpty();
        assertThat(meanwhile).filteredOn(line -> !line.group(3).startsWith(ARCHIVE))
                .extracting(line -> line.group(2)).hasSizeLessThan(FEW);
    }

    private static Switchover switchoverTo(String target, MasterRecord master) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Switchover("s1", master.tenure().orElseThrow().id(), master.epoch(), Optional.of(NodeId.of(target)),
                Cause.SWITCHOVER, false, now, now.plus(RunningNode.PATIENCE), Duration.ZERO, "test", "", now,
                Optional.empty());
    }

    /** Returns which of our classes were loaded by then, in this order, without so many of the first. */
    private List<Matcher> loaded(int without, Instant end) throws IOException {
        return Files.readAllLines(loaded).stream().map(LOADED::matcher).filter(Matcher::matches).skip(without)
                .takeWhile(line -> !JVMS.parse(line.group(1), Instant::from).isAfter(end)).toList();
    }
}
