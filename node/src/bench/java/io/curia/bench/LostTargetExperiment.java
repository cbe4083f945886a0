package io.curia.bench;

import io.curia.model.ClusterView;
import io.curia.model.MasterRecord;
import io.curia.model.NodeId;
import io.curia.model.Switchover;
import io.curia.store.ClusterStore;
import io.curia.zookeeper.ZooKeeperConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Mastership is to be handed over to a node that is killed at some moment between the request and shortly after it
 * would have claimed: for how long nobody is valid, where it ends, and how long the request stands.
 */
final class LostTargetExperiment implements Experiment {

    private static final int LARGEST = 6;
    private static final int SMALLEST = 4;
    /** Nodes rehearse from some seconds after their start; until then nobody is hurt. */
    private static final Duration REST = Duration.ofSeconds(9);
    private static final int LATEST_KILL_MILLIS = 40;
    /** Longer than it should take. Each look is a reading of the whole cluster, on the processors of its nodes. */
    private static final Duration UNTIL_THE_FIRST_LOOK = Duration.ofMillis(200);
    private static final Duration GLANCE = Duration.ofMillis(25);
    /** What {@code admin-cli switchover} gives it. */
    private static final Duration PATIENCE = Duration.ofSeconds(35);

    private final Series outage = new Series();
    private final Series standing = new Series();
    private final Map<Ending, Integer> endings = new EnumMap<>(Ending.class);

    /** Where it ended. */
    private enum Ending {
        STAYED("the old master stayed"), AGAIN("the old master claimed again"), NEXT("the next one claimed"),
        AFTER_THE_TARGET("the target claimed, then the next one");

        private final String words;

        Ending(String words) {
            this.words = words;
        }
    }

    /** A node said at this moment that it is master of a later epoch. */
    private record Claim(String id, long nanos) {
    }

    @Override
    public List<Row> run(Lab lab) throws IOException, InterruptedException {
        String cluster = lab.newCluster("target");
        try (Nodes nodes = new Nodes(lab, cluster); ZooKeeperConnection tool = lab.tool(cluster);
                Records records = Records.open(lab.connectString())) {
            for (int round = 0; round < lab.rounds(); round++) {
                lab.say("target " + (round + 1) + "/" + lab.rounds());
                if (round % (LARGEST - SMALLEST + 1) == 0) {
                    nodes.fill(LARGEST);
                    Pause.of(REST);
                }
                lab.settle();
                kill(nodes, tool.store(), records, Candidates.CURIA_ROOT + cluster);
            }
        } catch (IOException e) {
            lab.rescue(rows());
            throw e;
        }
        return rows();
    }

    private List<Row> rows() {
        Series nothing = new Series();
        String where = String.join(", ", endings.entrySet().stream()
                .map(each -> each.getKey().words + ": " + each.getValue()).toList());
        return List.of(
                Row.of(Topic.TARGET, "switchover whose target is killed: without a valid master", "ms", outage,
                        nothing, Goal.p99(60)).noted(where),
                Row.of(Topic.TARGET, "… from the kill until it was settled or void", "ms", standing, nothing));
    }

    private void kill(Nodes nodes, ClusterStore store, Records records, String base)
            throws IOException, InterruptedException {
        List<NodeId> others = nodes.awaitQueue(store);
        RandomGenerator dice = RandomGenerator.getDefault();
        MasterRecord master = store.master();
        NodeId old = master.tenure().orElseThrow().id();
        Nodes.Node target = nodes.named(others.get(dice.nextInt(others.size())));
        Map<Nodes.Node, Integer> heard = new HashMap<>();
        nodes.all().forEach(node -> heard.put(node, node.child().heard()));
        Changes ofMaster = records.changes(base + "/master");
        Changes ofWish = records.changes(base + "/switchover");
        try (OldReign reign = OldReign.watch(nodes.named(old).address(), master.epoch().number())) {
            Pause.of(Pause.A_MOMENT); // The connection stands, the questions come regularly.
            Switchover wish = SwitchoverExperiment.wish(master, Optional.of(NodeId.of(target.id())), PATIENCE);
            store.putSwitchover(store.intents().switchover().saying(wish), master.version());
            Pause.of(Duration.ofMillis(dice.nextInt(LATEST_KILL_MILLIS + 1)));
            long killedNanos = System.nanoTime();
            target.child().kill();
            Pause.of(UNTIL_THE_FIRST_LOOK);
            awaitOver(store, target, master);
            // The first change of the wish is the wish.
            long settledNanos = Stream.concat(ofMaster.nanos().stream(), ofWish.nanos().stream().skip(1))
                    .min(Comparator.naturalOrder()).orElseThrow();
            standing.add(Math.max(0, Figures.millis(settledNanos - killedNanos)));
            note(claims(heard), reign, old, target, killedNanos);
        }
        records.forget(base + "/master", ofMaster);
        records.forget(base + "/switchover", ofWish);
        target.child().awaitEnd(Lab.PATIENCE);
        nodes.forgetDead();
    }

    /** Returns once the request is settled, or void, somebody who lives is master, and the target is gone. */
    private static void awaitOver(ClusterStore store, Nodes.Node target, MasterRecord before)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Lab.PATIENCE.toNanos();
        while (deadline - System.nanoTime() > 0) {
            ClusterView view = store.view();
            boolean pending = view.intents().switchover().what().filter(Switchover::pending).isPresent();
            boolean settled = !pending || view.master().epoch().isAfter(before.epoch());
            boolean gone = view.live().stream().noneMatch(member -> member.id().value().equals(target.id()));
            if (settled && gone && view.currentMaster().isPresent()) {
                Pause.of(Pause.A_MOMENT); // What it printed arrives.
                return;
            }
            Pause.of(GLANCE);
        }
        throw new IOException("nothing came of a switchover to " + target.id() + ", killed, within " + Lab.PATIENCE);
    }

    private static List<Claim> claims(Map<Nodes.Node, Integer> heard) {
        List<Claim> claims = new ArrayList<>();
        heard.forEach((node, from) -> node.child().heard(from, "role ").stream()
                .filter(line -> line.value("role").equals(Optional.of("MASTER")))
                .forEach(line -> claims.add(new Claim(node.id(), line.nanos()))));
        claims.sort(Comparator.comparingLong(Claim::nanos));
        return claims;
    }

    /** A dead node's reign ends with its process, whatever it said last. */
    private void note(List<Claim> claims, OldReign reign, NodeId old, Nodes.Node target, long killedNanos) {
        double millis = 0;
        long validNanos = reign.validNanos();
        Ending ending = Ending.STAYED;
        for (Claim claim : claims) {
            millis += Math.max(0, Figures.millis(claim.nanos() - validNanos));
            boolean byTarget = claim.id().equals(target.id());
            validNanos = byTarget ? Math.max(claim.nanos(), killedNanos) : Long.MAX_VALUE;
            ending = byTarget || ending == Ending.AFTER_THE_TARGET ? Ending.AFTER_THE_TARGET
                    : claim.id().equals(old.value()) ? Ending.AGAIN : Ending.NEXT;
        }
        outage.add(millis);
        endings.merge(ending, 1, Integer::sum);
    }
}
