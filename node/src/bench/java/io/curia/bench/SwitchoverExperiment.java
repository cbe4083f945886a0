package io.curia.bench;

import io.curia.model.Cause;
import io.curia.model.MasterRecord;
import io.curia.model.NodeId;
import io.curia.model.Switchover;
import io.curia.store.ClusterStore;
import io.curia.zookeeper.ZooKeeperConnection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The master of a cluster of five hands over, by turns to a node that is named and to whoever is next: for how long
 * nobody is valid, how long it takes from the request on, and whether it ends where it was to, or where a dry run would
 * have said.
 */
final class SwitchoverExperiment implements Experiment {

    private static final int SIZE = 5;
    private static final int CHANGES_A_ROUND = 20;
    /** Nobody hands over in the first seconds of a cluster; by then its nodes have rehearsed it. */
    private static final Duration UNTIL_AT_REST = Duration.ofSeconds(15);

    private final Series named = new Series();
    private final Series next = new Series();
    private final Series request = new Series();
    private final Series elsewhere = new Series();
    private final Series unforeseen = new Series();

    @Override
    public List<Row> run(Lab lab) throws IOException, InterruptedException {
        String cluster = lab.newCluster("switchover");
        try (Nodes nodes = new Nodes(lab, cluster); ZooKeeperConnection tool = lab.tool(cluster)) {
            nodes.fill(SIZE);
            Pause.of(UNTIL_AT_REST);
            for (int round = 1; round <= lab.rounds(); round++) {
                lab.say("switchover " + round + "/" + lab.rounds());
                lab.settle();
                for (int change = 0; change < CHANGES_A_ROUND; change++) {
                    change(nodes, tool.store(), change);
                }
            }
        }
        Series nothing = new Series();
        return List.of(
                Row.of(Topic.SWITCHOVER, "switchover to a named node: without a valid master", "ms", named, nothing,
                        Goal.median(12), Goal.p99(50)),
                Row.of(Topic.SWITCHOVER, "switchover to the next: without a valid master", "ms", next, nothing,
                        Goal.median(12), Goal.p99(50)),
                Row.of(Topic.SWITCHOVER, "from the request to a valid named master", "ms", request, nothing),
                Row.of(Topic.SWITCHOVER, "ended elsewhere than at the named node", "of 1", elsewhere, nothing,
                        Goal.max(0)),
                Row.of(Topic.SWITCHOVER, "ended elsewhere than foretold", "of 1", unforeseen, nothing, Goal.max(0)));
    }

    private void change(Nodes nodes, ClusterStore store, int number) throws IOException, InterruptedException {
        List<NodeId> others = nodes.awaitQueue(store);
        MasterRecord master = store.master();
        Optional<NodeId> target = number % 2 == 0
                ? Optional.of(others.get(number / 2 % others.size())) : Optional.empty();
        NodeId foretold = target.orElse(others.get(0));
        Set<String> expected = Set.of(foretold.value(), master.tenure().orElseThrow().id().value());
        try (ReignWitness witness = ReignWitness.watch(nodes.all(), expected, master.epoch().number())) {
            Pause.of(Pause.A_MOMENT); // The connections stand, the questions come regularly.
            long askedNanos = System.nanoTime();
            store.putSwitchover(store.intents().switchover().saying(wish(master, target, Lab.PATIENCE)),
                    master.version());
            ReignWitness.Change change = witness.await(Lab.PATIENCE);
            (target.isPresent() ? named : next).add(witness.outageMillis(change));
            double wrong = change.id().equals(foretold.value()) ? 0 : 1;
            (target.isPresent() ? elsewhere : unforeseen).add(wrong);
            if (target.isPresent()) {
                request.add(Figures.millis(change.atNanos() - askedNanos));
            }
        }
    }

    /** Returns what {@code admin-cli switchover} would ask for. */
    static Switchover wish(MasterRecord master, Optional<NodeId> target, Duration patience) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Switchover(UUID.randomUUID().toString(), master.tenure().orElseThrow().id(), master.epoch(),
                target, Cause.SWITCHOVER, false, now, now.plus(patience), Duration.ZERO, "bench", "", now,
                Optional.empty());
    }
}
