package io.curia.core.simulation;

import io.curia.core.Action;
import io.curia.core.Obituary;
import io.curia.core.simulation.Witnesses.Suspect;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.Tenure;
import io.curia.store.NodeSession.Removal;
import io.curia.store.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Knows what must be true of removals: on fresh evidence only, rationed, and of nobody but the accused. */
final class Coroner {

    /** Production's idea of fresh, by a clock that is slow. */
    private static final long FRESH_NANOS = Climate.SECOND + Climate.MILLI;
    private static final int RATION = 20;

    private final World world;
    private final Map<NodeProcess, Map<Incarnation, Long>> lastToldAt = new HashMap<>();
    private final Map<NodeProcess, Set<Incarnation>> removed = new HashMap<>();
    private final Map<NodeProcess, Long> firstAt = new HashMap<>();

    Coroner(World world) {
        this.world = world;
    }

    void onTold(NodeProcess process, Obituary obituary) {
        long age = process.host.localNanos(world.now()) - obituary.foundNanos();
        lastToldAt.computeIfAbsent(process, any -> new HashMap<>()).merge(obituary.incarnation(), world.now() - age,
                Math::max);
    }

    /**
     * An inquest ends with an accusation.
     *
     * @param truthAt when its last look at the suspect was true
     * @param seenAlive whether a witness told it in time that the suspect lives
     * @param waited whether those who were asked have answered or had their time
     * @param othersInDoubt of how many others it does not know why their lifelines closed, if it has no better
     *     evidence than that it cannot reach them
     */
    void onAccusation(NodeProcess process, NodeProcess suspect, Suspect named, long truthAt, boolean seenAlive,
            boolean waited, int othersInDoubt) {
        String accuser = process.host.id + " accuses " + named.id();
        boolean lives = !suspect.isDead() && suspect.core.incarnation().equals(named.incarnation());
        require(!lives || !seenAlive, accuser + ", whom a witness saw alive");
        require(!lives || waited, accuser + " and has not waited for a witness");
        require(truthAt >= process.awokeAt, accuser + " of what it saw before it stood still");
        require(process.isConnected(), accuser + " and has lost ZooKeeper");
        require(othersInDoubt == 0, accuser + " and has lost everybody");
    }

    /** A process asks for a removal. */
    void onRemove(NodeProcess process, Action.Remove remove) {
        NodeId self = process.host.id;
        long since = firstAt.computeIfAbsent(process, any -> world.now());
        Set<Incarnation> named = removed.computeIfAbsent(process, any -> new HashSet<>());
        for (Obituary dead : remove.dead()) {
            require(!dead.id().equals(self), self + " removes itself");
            Long told = lastToldAt.getOrDefault(process, Map.of()).get(dead.incarnation());
            require(told != null, self + " removes somebody whom nobody found dead");
            require(world.now() - told <= FRESH_NANOS, self + " removes on stale evidence");
            named.add(dead.incarnation());
        }
        // As a step may come up to a millisecond late, one more than the bucket would give.
        require(named.size() <= RATION + 1 + (world.now() - since) / Climate.SECOND,
                self + " removes more than its ration: " + named.size());
    }

    /** Commits a removal, and looks at who was harmed by it. */
    Outcome witnessed(NodeProcess process, List<Removal> removals, Supplier<Outcome> commit) {
        Map<NodeId, Member> live = liveById();
        Map<NodeId, List<String>> places = world.hosts.stream().collect(Collectors.toMap(host -> host.id,
                host -> List.copyOf(world.tree.latch().placesOf(host.id))));
        Optional<Tenure> before = world.tree.master().tenure();
        Outcome outcome = commit.get();
        Set<Incarnation> accused = removals.stream().map(Removal::incarnation).collect(Collectors.toSet());
        Map<NodeId, Member> after = liveById();
        live.forEach((id, member) -> {
            boolean spared = member.equals(after.get(id)) && places.get(id).equals(
                    List.copyOf(world.tree.latch().placesOf(id)));
            require(spared || accused.contains(member.incarnation()),
                    id + " was removed by " + process.host.id + ", which accused another incarnation");
        });
        Optional<Tenure> now = world.tree.master().tenure();
        if (!now.equals(before)) {
            boolean claimed = now.filter(tenure -> tenure.id().equals(process.host.id)
                    && tenure.ending().isEmpty()).isPresent();
            (claimed ? before : now).ifPresent(ended -> {
                boolean over = ended.ending().isPresent() || ended.id().equals(process.host.id)
                        || live.values().stream().noneMatch(member -> ended.isOf(member.incarnation()));
                require(accused.contains(ended.incarnation()) || claimed && over,
                        ended.id() + " lost its tenure and was not accused");
            });
        }
        return outcome;
    }

    private Map<NodeId, Member> liveById() {
        return world.tree.live().stream().collect(Collectors.toMap(Member::id, member -> member));
    }

    private void require(boolean condition, String what) {
        world.inspector.require(condition, what);
    }
}
