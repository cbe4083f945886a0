package io.curia.core.simulation;

import io.curia.model.Epoch;
import io.curia.model.Intents;
import io.curia.model.Intents.Place;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.model.Switchover;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import io.curia.store.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows what operators asked for, and that nothing else was done in their name. */
final class Steward {

    /** For how long an answer is good; production's idea, by a clock that is slow. */
    private static final long ANSWER_NANOS = Climate.SECOND + Climate.MILLI;
    private static final String ASKED_FOR = "asked for by operator";
    /** For how long a master hands over to nobody whose lifeline was cut; production's idea of a moment. */
    private static final long DOUBT_NANOS = Climate.SECOND;

    private final World world;
    private final Map<NodeProcess, Map<NodeId, Long>> hungUpAt = new HashMap<>();
    private final long[] restlessSince = new long[16];
    private Optional<Switchover> last = Optional.empty();
    /** What was asked for before the last write, whatever that was. */
    private Optional<Switchover> earlier = Optional.empty();

    Steward(World world) {
        this.world = world;
    }

    /** The records changed: what was settled stays as it was settled. */
    void onRecords() {
        Optional<Switchover> now = world.tree.intents().switchover().what();
        earlier = last;
        last.filter(old -> !old.pending()).ifPresent(old -> now
                .filter(after -> after.id().equals(old.id()))
                .ifPresent(after -> require(after.equals(old), "a settled switchover was settled again")));
        last = now;
    }

    /** A tenure was claimed: by a clock by which there was no pause, or by one that may claim in a pause. */
    void onClaim(Optional<Tenure> before, Tenure claimed) {
        Host claimant = world.hosts.stream().filter(host -> host.id.equals(claimed.id())).findFirst().orElseThrow();
        Instant wall = claimant.wall(world.now());
        Intents intents = world.tree.intents();
        boolean paused = intents.pause().what().filter(pause -> pause.holds(wall)).isPresent();
        boolean again = before.filter(tenure -> tenure.id().equals(claimed.id())).isPresent();
        Epoch ended = before.map(Tenure::epoch).orElse(Epoch.NONE);
        // Whoever takes over settles what it follows with its claim.
        boolean taken = earlier.filter(wish -> !intents.switchover().what().equals(Optional.of(wish))).isPresent();
        boolean forced = (taken ? earlier : intents.switchover().what()).filter(wish -> wish.pending() && wish.forced()
                && wish.fromEpoch().equals(ended) && wish.target().map(claimed.id()::equals).orElse(true)).isPresent();
        require(!paused || again || forced, claimed.id() + " claimed in a pause");
    }

    /** A tenure was given up, or taken over, for {@code settled}; {@code asked} is what was asked for just before. */
    void onHandedOver(Tenure ended, Optional<Versioned<Switchover>> settled, Optional<Switchover> asked,
            Outcome outcome) {
        boolean followed = ended.ending().orElseThrow().reason().contains(ASKED_FOR);
        if (!outcome.isDone()) {
            return;
        }
        require(!followed || settled.isPresent(), ended.id() + " followed a switchover and left it pending");
        settled.flatMap(Versioned::what).ifPresent(wish -> {
            require(asked.filter(Switchover::pending).map(Switchover::id).equals(Optional.of(wish.id())),
                    ended.id() + " followed a switchover that was not pending");
            require(asked.get().fromEpoch().equals(ended.epoch()),
                    ended.id() + " followed a switchover of another epoch");
        });
    }

    /** A process was told that this one has hung up. */
    void onHungUp(NodeProcess process, NodeId id) {
        hungUpAt.computeIfAbsent(process, any -> new HashMap<>()).put(id, process.moment().nanos());
    }

    /** A master's duties are to stop: for a switchover only if whoever follows is probably there. */
    void onStopDuties(NodeProcess process, String reason) {
        if (reason.contains(ASKED_FOR)) {
            NodeId next = process.core.seen().intents().queue().orElse(List.of()).stream().map(Place::id)
                    .filter(id -> !id.equals(process.host.id)).findFirst().orElseThrow();
            Long at = hungUpAt.getOrDefault(process, Map.of()).get(next);
            require(at == null || process.moment().nanos() - at >= DOUBT_NANOS,
                    process.host.id + " hands over to " + next + ", which has just hung up");
            long still = world.hosts.stream().filter(host -> host.id.equals(next))
                    .flatMap(host -> host.process.stream()).mapToLong(heir -> heir.stillSince().orElse(world.now()))
                    .findFirst().orElse(world.now());
            require(world.now() - still <= ANSWER_NANOS + 2 * world.climate.latencyNanos()
                            + world.climate.straggleNanos(),
                    process.host.id + " hands over to " + next + ", which has stood still for long");
        }
    }

    /**
     * From time to time: whoever stepped down stays out of the queue while it is to, once it could notice. One that was
     * master again, because nobody else was there, has its duties to stop first.
     */
    void watch(Host host, boolean well, long noticed) {
        NodeId id = host.id;
        Instant wall = host.wall(world.now());
        boolean resting = world.tree.intents().switchover().what().filter(wish -> wish.from().equals(id))
                .flatMap(Switchover::restsUntil).filter(wall::isBefore).isPresent();
        boolean inCompany = world.tree.latch().owners().values().stream().anyMatch(other -> !other.equals(id));
        boolean queued = host.process.filter(process -> process.core.role() != Role.YIELDING
                && world.tree.latch().placeOf(process.session.id()).isPresent()).isPresent();
        if (!(resting && inCompany && queued && well)) {
            restlessSince[host.number] = 0;
        } else if (restlessSince[host.number] == 0) {
            restlessSince[host.number] = world.now();
        } else {
            require(world.now() - restlessSince[host.number] < noticed, id + " queues while it is to rest");
        }
    }

    private void require(boolean condition, String what) {
        world.inspector.require(condition, what);
    }
}
