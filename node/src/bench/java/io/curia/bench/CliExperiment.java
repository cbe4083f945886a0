package io.curia.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The operator's questions as whole processes: from just before the start to the end. */
final class CliExperiment implements Experiment {

    private static final Duration SESSION = Duration.ofSeconds(10);
    private static final int SIZE = 3;

    private final Series members = new Series();
    private final Series master = new Series();
    private final Series bare = new Series();

    @Override
    public List<Row> run(Lab lab) throws IOException, InterruptedException {
        String cluster = lab.newCluster("cli");
        boolean there = true;
        try (Nodes nodes = new Nodes(lab, cluster); BareMembers others = new BareMembers(lab, cluster, SESSION)) {
            nodes.fill(SIZE);
            others.fill(SIZE);
            lab.settle();
            there = run(lab.adminCli(cluster, "members")) >= 0; // Not measured: the first one may make an archive.
            for (int round = 1; round <= lab.rounds(); round++) {
                lab.say("cli " + round + "/" + lab.rounds());
                if (there) {
                    add(members, run(lab.adminCli(cluster, "members")));
                    add(master, run(lab.adminCli(cluster, "master")));
                }
                add(bare, run(lab.program("bare list", List.of(), BareList.class, "--zookeeper", lab.connectString(),
                        "/bare/" + cluster + "/members")));
            }
        }
        String note = there ? "beside it a plain picocli and Curator listing, same JVM options and class archive"
                : "admin-cli did not run";
        return List.of(
                Row.of(Topic.CLI, "admin-cli members", "ms", members, bare, Goal.median(200)).noted(note),
                Row.of(Topic.CLI, "admin-cli master", "ms", master, new Series(), Goal.median(200))
                        .noted(there ? "" : note));
    }

    private static void add(Series series, double millis) throws IOException {
        if (millis < 0) {
            throw new IOException("a command that had worked before failed");
        }
        series.add(millis);
    }

    /** Returns how long it took, or -1 if it failed. */
    private static double run(Child command) throws IOException, InterruptedException {
        long endedNanos = command.awaitEnd(Lab.PATIENCE);
        return command.exitCode() == 0 ? Figures.millis(endedNanos - command.startedNanos()) : -1;
    }
}
