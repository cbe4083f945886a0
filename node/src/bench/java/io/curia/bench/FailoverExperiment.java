package io.curia.bench;

import io.curia.zookeeper.ZooKeeperConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The master's process is told to end, or killed: from just before the signal to the next one.
 *
 * <p>The next master of Curia is one that answers over TCP that it is valid under a later epoch. The next leader of
 * the bare program is one whose {@code LeaderLatch} says so, by the time that it notes itself, so that the comparison
 * favours it by the way of an answer.
 */
final class FailoverExperiment implements Experiment {

    private static final int SIZE = 3;
    private static final Duration KILL_SESSION = Duration.ofSeconds(4);
    private static final Duration TERM_SESSION = Duration.ofSeconds(10);

    /** How it ends. */
    enum Death {
        SIGTERM, KILL;

        void strike(Child child) {
            switch (this) {
                case SIGTERM -> child.terminate();
                case KILL -> child.kill();
            }
        }
    }

    private final Death death;
    private final Series next = new Series();
    private final Series bareNext = new Series();
    private final Series gone = new Series();
    private final Series bareGone = new Series();

    FailoverExperiment(Death death) {
        this.death = death;
    }

    @Override
    public List<Row> run(Lab lab) throws IOException, InterruptedException {
        Duration session = death == Death.KILL ? KILL_SESSION : TERM_SESSION;
        String name = death == Death.KILL ? "kill" : "sigterm";
        String cluster = lab.newCluster(name);
        try (Nodes nodes = new Nodes(lab, cluster, "--session-timeout", session.toMillis() + "ms");
                BareMembers bare = new BareMembers(lab, cluster, session);
                ZooKeeperConnection tool = lab.tool(cluster)) {
            for (int round = 1; round <= lab.rounds(); round++) {
                lab.say(name + " " + round + "/" + lab.rounds());
                nodes.fill(SIZE);
                bare.fill(SIZE);
                lab.settle();
                strike(nodes, tool);
                lab.settle();
                strike(bare);
            }
        }
        return rows();
    }

    private List<Row> rows() {
        return switch (death) {
            case SIGTERM -> List.of(
                    Row.of(Topic.SIGTERM, "SIGTERM to a new valid master", "ms", next, bareNext, Goal.median(12),
                            Goal.p99(50)),
                    Row.of(Topic.SIGTERM, "SIGTERM to the end of the process", "ms", gone, bareGone));
            case KILL -> List.of(
                    Row.of(Topic.KILL, "kill -9 to a new valid master, session 4 s", "ms", next, bareNext)
                            .heldAgainstBare());
        };
    }

    private void strike(Nodes nodes, ZooKeeperConnection tool) throws IOException, InterruptedException {
        Nodes.Node master = nodes.master(tool);
        long epoch = tool.store().master().epoch().number();
        try (StatusWitness witness = StatusWitness.watch(
                nodes.allBut(master).stream().map(Nodes.Node::address).toList(), epoch)) {
            Pause.of(Pause.A_MOMENT); // The connections stand, the questions come regularly.
            long struckNanos = System.nanoTime();
            death.strike(master.child());
            next.add(Figures.millis(witness.await(Lab.PATIENCE) - struckNanos));
            gone.add(Figures.millis(master.child().awaitEnd(Lab.PATIENCE) - struckNanos));
        }
    }

    private void strike(BareMembers bare) throws IOException, InterruptedException {
        Child leader = bare.leader();
        List<Child> others = bare.allBut(leader);
        long struckNanos = System.nanoTime();
        death.strike(leader);
        bareNext.add(Figures.millis(BareMembers.awaitLeader(others, struckNanos, Lab.PATIENCE) - struckNanos));
        bareGone.add(Figures.millis(leader.awaitEnd(Lab.PATIENCE) - struckNanos));
    }
}
