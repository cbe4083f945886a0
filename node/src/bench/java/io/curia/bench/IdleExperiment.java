package io.curia.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Memory and processor time of a cluster of three at rest. */
final class IdleExperiment implements Experiment {

    private static final Duration SESSION = Duration.ofSeconds(10);
    private static final Duration UNTIL_AT_REST = Duration.ofSeconds(10);
    private static final Duration WINDOW = Duration.ofSeconds(20);
    private static final int MOST_WINDOWS = 3;
    private static final int SIZE = 3;

    private final Series memory = new Series();
    private final Series bareMemory = new Series();
    private final Series masterCpu = new Series();
    private final Series standbyCpu = new Series();
    private final Series leaderCpu = new Series();
    private final Series followerCpu = new Series();

    /** A process that is watched, and where its share goes. */
    private record Watched(long pid, Series cpu) {
    }

    @Override
    public List<Row> run(Lab lab) throws IOException, InterruptedException {
        if (!ProcFs.isThere()) {
            return List.of(Row.of(Topic.IDLE, "memory and processor at rest", "", memory, bareMemory)
                    .noted("needs /proc, which this system lacks"));
        }
        String cluster = lab.newCluster("idle");
        try (Nodes nodes = new Nodes(lab, cluster); BareMembers bare = new BareMembers(lab, cluster, SESSION)) {
            nodes.fill(SIZE);
            bare.fill(SIZE);
            lab.say("idle: letting them come to rest");
            Pause.of(UNTIL_AT_REST);
            for (Nodes.Node node : nodes.all()) {
                memory.add(ProcFs.residentMib(node.child().pid()));
            }
            for (Child member : bare.all()) {
                bareMemory.add(ProcFs.residentMib(member.pid()));
            }
            List<Watched> watched = watched(nodes, bare);
            int windows = Math.min(MOST_WINDOWS, lab.rounds());
            for (int window = 1; window <= windows; window++) {
                lab.say("idle " + window + "/" + windows);
                watch(watched);
            }
        }
        return List.of(
                Row.of(Topic.IDLE, "resident memory 10 s after start", "MiB", memory, bareMemory, Goal.median(100)),
                Row.of(Topic.IDLE, "idle processor, master", "% core", masterCpu, leaderCpu, Goal.median(0.3)),
                Row.of(Topic.IDLE, "idle processor, standby", "% core", standbyCpu, followerCpu, Goal.median(0.3)));
    }

    /** The first to start leads, on both sides. */
    private List<Watched> watched(Nodes nodes, BareMembers bare) throws IOException {
        List<Watched> watched = new ArrayList<>();
        for (Nodes.Node node : nodes.all()) {
            boolean master = node.equals(nodes.all().get(0));
            watched.add(new Watched(node.child().pid(), master ? masterCpu : standbyCpu));
        }
        for (Child member : bare.all()) {
            watched.add(new Watched(member.pid(), member == bare.leader() ? leaderCpu : followerCpu));
        }
        return watched;
    }

    private static void watch(List<Watched> watched) throws IOException, InterruptedException {
        long begunNanos = System.nanoTime();
        List<Double> before = new ArrayList<>();
        for (Watched each : watched) {
            before.add(ProcFs.cpuMillis(each.pid()));
        }
        Pause.of(WINDOW);
        double elapsedMillis = Figures.millis(System.nanoTime() - begunNanos);
        for (int i = 0; i < watched.size(); i++) {
            double used = ProcFs.cpuMillis(watched.get(i).pid()) - before.get(i);
            watched.get(i).cpu().add(100 * used / elapsedMillis);
        }
    }
}
