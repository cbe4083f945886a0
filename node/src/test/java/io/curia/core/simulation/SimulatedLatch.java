package io.curia.core.simulation;

import io.curia.store.Outcome;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The client's side of the latch, with the habits of the real one: it notices that it leads when its predecessor
 * goes (unless that one notice got lost), does not notice at all when its own place goes while it leads, and queues
 * again by itself when it looks and finds its place gone.
 */
final class SimulatedLatch {

    private final World world;
    private final NodeProcess process;
    private final SimulatedSession session;
    private boolean active;
    private Optional<String> leadingPath = Optional.empty();
    private Optional<String> burntPath = Optional.empty();

    SimulatedLatch(World world, NodeProcess process, SimulatedSession session) {
        this.world = world;
        this.process = process;
        this.session = session;
    }

    /** Returns whether the place that stands now is one that this client believes to lead. */
    boolean leading() {
        return leadingPath.isPresent() && leadingPath.equals(world.tree.placeOf(session.id()));
    }

    void enter(Consumer<Outcome> onOutcome) {
        if (active) {
            onOutcome.accept(Outcome.done(0));
            return;
        }
        active = true;
        queue();
        onOutcome.accept(Outcome.done(0));
    }

    private void queue() {
        if (world.dice.chance(world.climate.lostEntry())) {
            return;
        }
        session.send(() -> active ? world.tree.enterLatch(session.id(), process.host.id) : Outcome.done(0),
                outcome -> look());
    }

    void withdraw(Consumer<Outcome> onOutcome) {
        active = false;
        leadingPath = Optional.empty();
        burntPath = Optional.empty();
        delete(world.tree.placeOf(session.id()), onOutcome);
    }

    private void delete(Optional<String> place, Consumer<Outcome> onOutcome) {
        session.send(() -> {
            place.ifPresent(world.tree::deleteLatch);
            return Outcome.done(0);
        }, outcome -> {
            onOutcome.accept(outcome);
            if (!outcome.isDone() && place.isPresent()) {
                retryDelete(place);
            }
        });
    }

    /** A deletion is promised to the latch's owner: it is repeated until it is done, unless the place is used again. */
    private void retryDelete(Optional<String> place) {
        world.agenda.after(world.dice.between(Climate.SECOND / 10, Climate.SECOND), () -> process.run(() -> {
            if (!active && world.tree.stands(place.get())) {
                delete(place, ignored -> { });
            }
        }));
    }

    /** Makes this place one whose notice of leading gets lost. */
    void burn() {
        if (!leading()) {
            burntPath = world.tree.placeOf(session.id());
        }
    }

    boolean isBurnt() {
        return burntPath.isPresent();
    }

    /** The queue may have changed. */
    void look() {
        if (!active || leadingPath.isPresent() || !session.isConnected()) {
            return;
        }
        Optional<String> place = world.tree.placeOf(session.id());
        if (place.isEmpty() || place.equals(burntPath) || !world.tree.isFirst(place.get())) {
            return;
        }
        if (world.dice.chance(world.climate.burntWatch())) {
            burntPath = place;
            return;
        }
        leadingPath = place;
        world.note(process.host, "leads", 0, place::get);
        session.read();
    }

    void onDisconnected() {
        leadingPath = Optional.empty();
    }

    /** Looks at the queue again, and queues again if its place is gone: nobody asked for that. */
    void onConnected() {
        leadingPath = Optional.empty();
        burntPath = Optional.empty();
        if (active && world.tree.placeOf(session.id()).isEmpty()) {
            queue();
        } else {
            look();
        }
    }
}
