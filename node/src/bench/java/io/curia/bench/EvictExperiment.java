package io.curia.bench;

import io.curia.model.Cause;
import io.curia.model.ClusterView;
import io.curia.model.Ending;
import io.curia.model.MasterRecord;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import io.curia.zookeeper.ZooKeeperConnection;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A live node is evicted: from just before the transaction to the end of its process, which must be with the exit
 * code of the evicted; and through the admin CLI, from the start of the command.
 */
final class EvictExperiment implements Experiment {

    private static final int SIZE = 3;
    private static final int EXIT_EVICTED = 13;
    private static final String ACTOR = "bench";

    private final Series standby = new Series();
    private final Series master = new Series();
    private final Series successor = new Series();
    private final Series command = new Series();
    private boolean adminCli = true;

    @Override
    public List<Row> run(Lab lab) throws IOException, InterruptedException {
        String cluster = lab.newCluster("evict");
        try (Nodes nodes = new Nodes(lab, cluster); ZooKeeperConnection tool = lab.tool(cluster)) {
            for (int round = 1; round <= lab.rounds(); round++) {
                lab.say("evict " + round + "/" + lab.rounds());
                nodes.fill(SIZE);
                lab.settle();
                evictStandby(nodes, tool);
                evictMaster(nodes, tool);
                nodes.fill(SIZE);
                lab.settle();
                evictByCommand(lab, nodes, tool);
            }
        }
        Series nothing = new Series();
        return List.of(
                Row.of(Topic.EVICT, "evict a standby to its exit", "ms", standby, nothing, Goal.median(150)),
                Row.of(Topic.EVICT, "evict the master to its exit", "ms", master, nothing, Goal.median(150)),
                Row.of(Topic.EVICT, "evict the master to a new valid one", "ms", successor, nothing),
                Row.of(Topic.EVICT, "admin-cli evict, its start to the victim's exit", "ms", command, nothing)
                        .noted(adminCli ? "" : "admin-cli did not run"));
    }

    private void evictStandby(Nodes nodes, ZooKeeperConnection tool) throws IOException, InterruptedException {
        Nodes.Node victim = nodes.allBut(nodes.master(tool)).get(0);
        standby.add(exitMillis(victim, evict(tool.store(), victim)));
    }

    private void evictMaster(Nodes nodes, ZooKeeperConnection tool) throws IOException, InterruptedException {
        Nodes.Node victim = nodes.master(tool);
        long epoch = tool.store().master().epoch().number();
        List<Nodes.Node> others = nodes.allBut(victim).stream().filter(node -> node.child().isAlive()).toList();
        try (StatusWitness witness = StatusWitness.watch(others.stream().map(Nodes.Node::address).toList(), epoch)) {
            Pause.of(Pause.A_MOMENT); // The connections stand, the questions come regularly.
            long begunNanos = evict(tool.store(), victim);
            successor.add(Figures.millis(witness.await(Lab.PATIENCE) - begunNanos));
            master.add(exitMillis(victim, begunNanos));
        }
    }

    private void evictByCommand(Lab lab, Nodes nodes, ZooKeeperConnection tool)
            throws IOException, InterruptedException {
        if (!adminCli) {
            return;
        }
        Nodes.Node victim = nodes.allBut(nodes.master(tool)).get(0);
        Child evicting = lab.adminCli(nodes.cluster(), "evict", victim.id(), "--yes", "--reason", "measured");
        evicting.awaitEnd(Lab.PATIENCE);
        if (evicting.exitCode() == 0) {
            command.add(exitMillis(victim, evicting.startedNanos()));
        } else {
            adminCli = false;
        }
    }

    /** Evicts as the admin CLI does; returns when the transaction was about to be sent. */
    private static long evict(ClusterStore store, Nodes.Node node) {
        ClusterView view = store.view();
        MemberView victim = view.member(NodeId.of(node.id())).orElseThrow();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        boolean isMaster = view.currentMaster().filter(victim::equals).isPresent();
        Ending ending = new Ending(Cause.EVICTED, false, ACTOR, "measured", now);
        Optional<MasterRecord> ended = isMaster ? Optional.of(new MasterRecord(
                view.master().tenure().map(tenure -> tenure.ended(ending)), view.master().version()))
                : Optional.empty();
        ClusterStore.Eviction eviction = new ClusterStore.Eviction(
                victim.roster().evicted(ACTOR, "measured", now, Optional.empty()), victim.live(), ended,
                OptionalInt.of(view.master().version()));
        long nowNanos = System.nanoTime();
        store.evict(eviction);
        return nowNanos;
    }

    private static double exitMillis(Nodes.Node victim, long begunNanos) throws IOException, InterruptedException {
        long endedNanos = victim.child().awaitEnd(Lab.PATIENCE);
        if (victim.child().exitCode() != EXIT_EVICTED) {
            throw new IOException(victim.child().name() + " was evicted and ended with code "
                    + victim.child().exitCode() + "; it said last:\n" + victim.child().tail());
        }
        return Figures.millis(endedNanos - begunNanos);
    }
}
