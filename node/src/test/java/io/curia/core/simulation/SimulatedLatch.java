package io.curia.core.simulation;

import io.curia.model.Observation.LatchPlace;
import io.curia.store.Outcome;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The client's side of the latch, with the habits of the real one: it notices that it leads when its predecessor
 * goes (unless that one notice got lost), does not notice at all when its own place goes while it leads, and queues
 * again by itself when it finds its place gone after a reconnect.
 */
final class SimulatedLatch {

    private final World world;
    private final NodeProcess process;
    private final SimulatedSession session;
    private boolean active;
    private Optional<String> own = Optional.empty();
    private Optional<String> withdrawn = Optional.empty();
    private boolean leading;
    private boolean burnt;

    SimulatedLatch(World world, NodeProcess process, SimulatedSession session) {
        this.world = world;
        this.process = process;
        this.session = session;
    }

    /** Returns this session's place as the client knows it, if it stands. */
    Optional<LatchPlace> place() {
        return own.filter(world.tree.latch()::stands)
                .map(path -> new LatchPlace(path, leading, world.tree.latch().ahead(path),
                        world.tree.latch().predecessor(path)));
    }

    /** Returns whether it says that it leads, from this place. */
    boolean leadsFrom(String path) {
        return leading && own.equals(Optional.of(path));
    }

    void enter() {
        if (!active) {
            active = true;
            queue();
        }
    }

    private void queue() {
        if (world.dice.chance(world.climate.lostEntry())) {
            return;
        }
        session.send(() -> active ? world.tree.enterLatch(session.id(), process.host.id) : Outcome.done(0),
                outcome -> look());
    }

    /** Gives up the place and forgets it. */
    void withdraw(Consumer<Outcome> onOutcome) {
        withdrawn = world.tree.latch().placeOf(session.id());
        forget();
        delete(withdrawn, onOutcome);
    }

    /** The place is gone already, by a transaction or by somebody's hand. */
    void forget() {
        active = false;
        own = Optional.empty();
        leading = false;
        burnt = false;
    }

    /** A deletion is promised to the latch's owner: it is repeated until it is done. */
    private void delete(Optional<String> place, Consumer<Outcome> onOutcome) {
        session.send(() -> {
            place.ifPresent(world.tree::deleteLatch);
            return Outcome.done(0);
        }, outcome -> {
            onOutcome.accept(outcome);
            if (!outcome.isDone() && place.filter(world.tree.latch()::stands).isPresent()) {
                world.agenda.after(world.dice.between(Climate.SECOND / 10, Climate.SECOND),
                        () -> process.run(() -> delete(place, ignored -> { })));
            }
        });
    }

    /** Makes its place one whose notice of leading gets lost. */
    void burn() {
        burnt = !leading;
    }

    boolean isBurnt() {
        return burnt;
    }

    /** The queue may have changed. */
    void look() {
        if (!active || leading || !session.isConnected()) {
            return;
        }
        if (own.isEmpty()) {
            own = world.tree.latch().placeOf(session.id()).filter(path -> !withdrawn.equals(Optional.of(path)));
        }
        if (burnt || own.filter(world.tree.latch()::isFirst).isEmpty()) {
            return;
        }
        burnt = world.dice.chance(world.climate.burntWatch());
        if (!burnt) {
            leading = true;
            world.note(process.host, "leads", 0, own::get);
            session.onLeading();
        }
    }

    void onDisconnected() {
        leading = false;
    }

    /** Looks at the queue again, and queues again if its place is gone: nobody asked for that. */
    void onConnected() {
        leading = false;
        burnt = false;
        if (active && own.filter(world.tree.latch()::stands).isEmpty()) {
            own = Optional.empty();
            queue();
        } else {
            look();
        }
    }
}
