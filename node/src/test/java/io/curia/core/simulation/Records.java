package io.curia.core.simulation;

import io.curia.core.Contender;
import io.curia.core.simulation.Epilogue.Drill;
import io.curia.model.CandidacyNotes;
import io.curia.model.Epoch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the queue must look like and what the roster must say of candidates, once all is well. */
final class Records {

    private final World world;

    Records(World world) {
        this.world = world;
    }

    /** Returns what is not as it should be while this host is master. */
    List<String> wrongUnder(Host master) {
        List<String> wrong = new ArrayList<>();
        Epoch epoch = master.process.orElseThrow().mandate.orElseThrow().epoch;
        if (!notes(master).serving().equals(Optional.of(epoch))) {
            wrong.add("nothing says that " + master.id + " has just become master");
        }
        List<Contender> order = SimulatedOrder.snapshot(world);
        List<Contender> waiting = order.stream().filter(other -> !other.id().equals(master.id)).toList();
        for (int i = 1; i < waiting.size(); i++) {
            if (isBetter(waiting.get(i), waiting.get(i - 1))) {
                wrong.add(waiting.get(i).id() + " queues behind " + waiting.get(i - 1).id());
            }
        }
        order.stream().filter(other -> other.id().equals(master.id)).findFirst().ifPresent(own -> {
            if (!waiting.isEmpty() && waiting.get(0).priority().preempts() && !isHeldBack(waiting.get(0))
                    && waiting.get(0).priority().value() > own.priority().value()) {
                wrong.add(waiting.get(0).id() + " waits for its due");
            }
        });
        return wrong;
    }

    private boolean isBetter(Contender one, Contender other) {
        return isHeldBack(one) == isHeldBack(other) ? one.priority().value() > other.priority().value()
                : isHeldBack(other);
    }

    private boolean isHeldBack(Contender contender) {
        Instant now = Host.trueWall(world.now());
        return now.isBefore(contender.heldBackUntil());
    }

    /** Whoever died in office soon after its election has that on record, and whoever was asked to go has not. */
    void requireJustice(Host master, Epoch epoch, Drill drill) {
        boolean blamed = notes(master).penalty().filter(penalty -> !epoch.isAfter(penalty.epoch())).isPresent();
        switch (drill) {
            case CRASH, VERIFIED_CRASH, VANISHING, SEEN_CRASH, ILLNESS ->
                world.inspector.require(blamed, master.id + " goes free after " + drill);
            case STEP_DOWN, STOP, DRAIN, EVICT ->
                world.inspector.require(!blamed, master.id + " is blamed for " + drill);
            case DELETE_LATCH, SLANDER, BLIP, INTENT -> { }
        }
    }

    private CandidacyNotes notes(Host host) {
        return world.tree.roster(host.id).orElseThrow().notes();
    }
}
