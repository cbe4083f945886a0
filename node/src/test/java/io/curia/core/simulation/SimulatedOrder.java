package io.curia.core.simulation;

import io.curia.core.Contender;
import io.curia.core.Event;
import io.curia.model.Penalty;
import io.curia.model.Priority;
import io.curia.model.NodeId;
import java.time.Instant;
import java.util.List;

/** What a node hears of the others in the queue: late, but in order, and only where it matters. */
final class SimulatedOrder {

    private final World world;
    private final NodeProcess process;
    private List<Contender> told = List.of();
    private long lastArrival;

    SimulatedOrder(World world, NodeProcess process) {
        this.world = world;
        this.process = process;
    }

    /** Tells the node of the queue as it stands in a moment, if it is another than it was told of. */
    void lookSoon() {
        if (!world.climate.ranked() && world.tree.roster().stream()
                .allMatch(entry -> entry.notes().penalty().filter(penalty -> penalty.strikes() > 1).isEmpty())) {
            return;
        }
        List<Contender> now = snapshot(world);
        if (!now.equals(told) && !world.mutation.hearsNothingOfTheQueue()) {
            told = now;
            lastArrival = Math.max(lastArrival + 1, world.now() + world.delay());
            world.agenda.at(lastArrival, () -> process.run(() -> process.tell(new Event.OrderSeen(now))));
        }
    }

    /** Returns who queues, in order. */
    static List<Contender> snapshot(World world) {
        return world.tree.latch().owners().entrySet().stream().map(place -> new Contender(place.getKey(),
                place.getValue(), priority(world, place.getValue()), heldBackUntil(world, place.getValue()))).toList();
    }

    private static Priority priority(World world, NodeId id) {
        return world.hosts.stream().filter(host -> host.id.equals(id)).findFirst().orElseThrow().priority;
    }

    private static Instant heldBackUntil(World world, NodeId id) {
        return world.tree.roster(id).flatMap(entry -> entry.notes().penalty()).map(Penalty::until)
                .orElse(Instant.MIN);
    }
}
