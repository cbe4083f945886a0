package io.curia.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What readiness for a crash costs while nothing happens: two clusters of twenty node processes, one with lifelines and
 * one without, watched at the same time.
 */
final class CostExperiment implements Experiment {

    private static final int SIZE = 20;
    private static final int AT_A_TIME = 4;
    private static final Duration SESSION = Duration.ofSeconds(10);
    private static final Duration UNTIL_AT_REST = Duration.ofSeconds(15);
    private static final Duration WINDOW = Duration.ofSeconds(20);
    private static final int MOST_WINDOWS = 3;

    private final Map<Arm, List<Child>> clusters = new EnumMap<>(Arm.class);
    private final Map<Arm, Series> masterCpu = series();
    private final Map<Arm, Series> otherCpu = series();
    private final Map<Arm, Series> memory = series();
    private final Series cpuShare = new Series();
    private final Series memoryShare = new Series();

    private static Map<Arm, Series> series() {
        return new EnumMap<>(Map.of(Arm.FAST, new Series(), Arm.SESSION, new Series()));
    }

    @Override
    public List<Row> run(Lab lab) throws IOException, InterruptedException {
        if (!ProcFs.isThere()) {
            return List.of(row("memory and processor of one of 20 at rest", "", memory)
                    .noted("needs /proc, which this system lacks"));
        }
        try {
            for (Arm arm : List.of(Arm.FAST, Arm.SESSION)) {
                lab.say("cost: starting " + SIZE + " nodes, " + arm);
                clusters.put(arm, new ArrayList<>());
                fill(lab, arm);
            }
            lab.say("cost: letting them come to rest");
            Pause.of(UNTIL_AT_REST);
            weigh();
            int windows = Math.min(MOST_WINDOWS, lab.rounds());
            for (int window = 1; window <= windows; window++) {
                lab.say("cost " + window + "/" + windows);
                watch();
            }
        } finally {
            clusters.values().forEach(nodes -> nodes.forEach(Child::kill));
            clusters.values().forEach(nodes -> nodes.forEach(node -> node.handle().onExit().join()));
        }
        return List.of(
                row("one of 20 at rest, processor, mean of all but the master", "% core", otherCpu),
                Row.of(Topic.COST, "… of which the fast path's", "% core", cpuShare, new Series(), Goal.median(1)),
                row("master of 20 at rest, processor", "% core", masterCpu),
                row("one of 20 at rest, resident memory", "MiB", memory),
                Row.of(Topic.COST, "… of which the fast path's, between medians", "MiB", memoryShare, new Series(),
                        Goal.median(5)));
    }

    private static Row row(String what, String unit, Map<Arm, Series> of) {
        return Row.of(Topic.COST, what, unit, of.get(Arm.FAST), new Series()).withSession(of.get(Arm.SESSION));
    }

    /** The first to start becomes the master, and is one before any other queues. */
    private void fill(Lab lab, Arm arm) throws IOException, InterruptedException {
        String cluster = lab.newCluster("cost");
        List<Child> nodes = clusters.get(arm);
        while (nodes.size() < SIZE) {
            int from = nodes.size();
            for (int i = from; i < Math.min(SIZE, from == 0 ? 1 : from + AT_A_TIME); i++) {
                nodes.add(lab.node(cluster, "n" + (i + 1), arm.nodeOptions(SESSION).toArray(String[]::new)));
            }
            for (Child node : nodes.subList(from, nodes.size())) {
                node.await("ready ", Lab.PATIENCE);
            }
        }
    }

    private void weigh() throws IOException {
        for (Map.Entry<Arm, List<Child>> cluster : clusters.entrySet()) {
            for (Child node : cluster.getValue()) {
                memory.get(cluster.getKey()).add(ProcFs.residentMib(node.pid()));
            }
        }
        memoryShare.add(memory.get(Arm.FAST).median() - memory.get(Arm.SESSION).median());
    }

    private void watch() throws IOException, InterruptedException {
        long begunNanos = System.nanoTime();
        Map<Arm, List<Double>> before = used();
        Pause.of(WINDOW);
        double elapsedMillis = Figures.millis(System.nanoTime() - begunNanos);
        Map<Arm, List<Double>> after = used();
        Map<Arm, Double> others = new EnumMap<>(Arm.class);
        for (Arm arm : clusters.keySet()) {
            double all = 0;
            for (int i = 0; i < SIZE; i++) {
                double percent = 100 * (after.get(arm).get(i) - before.get(arm).get(i)) / elapsedMillis;
                if (i == 0) {
                    masterCpu.get(arm).add(percent);
                } else {
                    all += percent;
                }
            }
            others.put(arm, all / (SIZE - 1));
            otherCpu.get(arm).add(all / (SIZE - 1));
        }
        cpuShare.add(others.get(Arm.FAST) - others.get(Arm.SESSION));
    }

    private Map<Arm, List<Double>> used() throws IOException {
        Map<Arm, List<Double>> used = new EnumMap<>(Arm.class);
        for (Map.Entry<Arm, List<Child>> cluster : clusters.entrySet()) {
            List<Double> millis = new ArrayList<>();
            for (Child node : cluster.getValue()) {
                millis.add(ProcFs.cpuMillis(node.pid()));
            }
            used.put(cluster.getKey(), millis);
        }
        return used;
    }
}
