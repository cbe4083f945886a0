package io.curia.bench;

import io.curia.model.MasterRecord;
import io.curia.store.ClusterStore;
import io.curia.zookeeper.ZooKeeperConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The file that the master's health command looks for is taken away: from just before that until the master answers
 * that it is valid no more, less the interval between two checks; and the same from the check that failed on.
 */
final class HealthGateExperiment implements Experiment {

    private static final int SIZE = 3;
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Series beyond = new Series();
    private final Series fromCheck = new Series();
    private final Series outage = new Series();

    @Override
    public List<Row> run(Lab lab) throws IOException, InterruptedException {
        String cluster = lab.newCluster("gate");
        Path files = Files.createDirectories(lab.dataDirectory(cluster, "health"));
        for (int i = 1; i <= SIZE; i++) {
            Files.createFile(files.resolve("n" + i));
        }
        // It leaves a mark when it begins; the file's time says when that was.
        String command = "sh -c ': > " + files + "/$CURIA_ID.asked; test -e " + files + "/$CURIA_ID'";
        try (Nodes nodes = new Nodes(lab, cluster, "--health-command", command, "--health-interval",
                INTERVAL.toMillis() + "ms"); ZooKeeperConnection tool = lab.tool(cluster)) {
            nodes.fill(SIZE);
            for (int round = 1; round <= lab.rounds(); round++) {
                lab.say("gate " + round + "/" + lab.rounds());
                nodes.awaitQueue(tool.store());
                // At any moment between two checks.
                lab.settle(1000, 1000 + (int) INTERVAL.toMillis());
                fail(nodes, tool.store(), files);
            }
        } catch (IOException e) {
            lab.rescue(rows());
            throw e;
        }
        return rows();
    }

    private List<Row> rows() {
        Series nothing = new Series();
        return List.of(
                Row.of(Topic.GATE, "unfit master to not valid, beyond one check interval of "
                        + INTERVAL.toMillis() + " ms", "ms", beyond, nothing, Goal.max(50)),
                Row.of(Topic.GATE, "… from the beginning of the check that failed", "ms", fromCheck, nothing),
                Row.of(Topic.GATE, "… without a valid master", "ms", outage, nothing));
    }

    private void fail(Nodes nodes, ClusterStore store, Path files) throws IOException, InterruptedException {
        MasterRecord master = store.master();
        Nodes.Node unfit = nodes.named(master.tenure().orElseThrow().id());
        Path file = files.resolve(unfit.id());
        try (OldReign reign = OldReign.watch(unfit.address(), master.epoch().number());
                ReignWitness next = ReignWitness.watchOnly(nodes.allBut(unfit), master.epoch().number())) {
            Pause.of(Pause.A_MOMENT); // The connections stand, the questions come regularly.
            long beganNanos = System.nanoTime();
            long beganWallNanos = wallNanos();
            Files.delete(file);
            long overNanos = reign.awaitOver(Lab.PATIENCE);
            beyond.add(Figures.millis(overNanos - beganNanos - INTERVAL.toNanos()));
            long askedWallNanos = Files.getLastModifiedTime(files.resolve(unfit.id() + ".asked"))
                    .to(TimeUnit.NANOSECONDS);
            fromCheck.add(Figures.millis(overNanos - beganNanos - (askedWallNanos - beganWallNanos)));
            outage.add(Figures.millis(Math.max(0, next.await(Lab.PATIENCE).atNanos() - reign.validNanos())));
        }
        Files.createFile(file);
    }

    private static long wallNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
