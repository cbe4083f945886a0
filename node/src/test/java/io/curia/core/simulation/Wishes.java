package io.curia.core.simulation;

import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.MasterRecord;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import io.curia.model.Switchover.Outcome;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What operators ask for: switchovers and pauses, with the transactions of the command line. */
final class Wishes {

    /** More than the clocks of two hosts can differ by. */
    private static final Duration SKEW = Duration.ofSeconds(3);

    private final World world;

    Wishes(World world) {
        this.world = world;
    }

    private Instant now() {
        return Host.trueWall(world.now());
    }

    /** Asks for a switchover to somebody or to nobody in particular, and perhaps thinks better of it. */
    void switchAtRandom() {
        Optional<NodeId> target = world.dice.chance(0.7) ? Optional.of(world.dice.pick(world.hosts).id)
                : Optional.empty();
        Duration cooldown = world.dice.chance(0.4) ? Duration.ofNanos(world.dice.between(0, 5 * Climate.SECOND))
                : Duration.ZERO;
        boolean forced = world.dice.chance(0.3);
        long patience = world.dice.between(Climate.SECOND / 10, 4 * Climate.SECOND);
        order(target, cooldown, forced, Duration.ofNanos(patience), forced && world.dice.chance(0.5));
        if (world.dice.chance(0.3)) {
            world.agenda.after(world.dice.between(0, 8 * world.climate.latencyNanos()), this::cancel);
        }
    }

    /** Asks for it, unless nobody reigns. A master is deposed over its head if it is not to be waited for. */
    void order(Optional<NodeId> target, Duration cooldown, boolean forced, Duration patience, boolean depose) {
        MasterRecord master = world.tree.master();
        Optional<Tenure> reigning = master.tenure().filter(tenure -> tenure.ending().isEmpty());
        reigning.ifPresent(tenure -> {
            Switchover wish = new Switchover(world.dice.incarnation().value(), tenure.id(), tenure.epoch(), target,
                    cooldown.isZero() ? Cause.SWITCHOVER : Cause.STEP_DOWN, forced, now().minus(SKEW),
                    now().plus(patience), cooldown, "operator", "", now(), Optional.empty());
            Versioned<Switchover> record = world.tree.intents().switchover().saying(wish);
            Ending ending = new Ending(wish.cause(), false, "operator", "", now());
            var outcome = depose
                    ? world.tree.depose(record, new MasterRecord(Optional.of(tenure.ended(ending)), master.version()))
                    : world.tree.put(record, master.version());
            world.trace.note(world.now(), -1, "wish", outcome.kind().ordinal(), () -> wish + " " + outcome);
            world.recordsMayHaveChanged();
        });
    }

    void cancel() {
        Versioned<Switchover> record = world.tree.intents().switchover();
        if (record.what().filter(Switchover::pending).isPresent()) {
            world.tree.put(record.changed(wish -> wish.settled(new Outcome(End.CANCELLED, "", "operator", now()))),
                    world.tree.master().version());
            world.recordsMayHaveChanged();
        }
    }

    void pauseAtRandom() {
        pause(Duration.ofNanos(world.dice.between(Climate.SECOND, 10 * Climate.SECOND)));
        if (world.dice.chance(0.5)) {
            world.agenda.after(world.dice.between(0, 5 * Climate.SECOND), this::resume);
        }
    }

    void pause(Duration lasting) {
        world.tree.put(world.tree.intents().pause().saying(new Pause(now().plus(lasting), "operator", "", now())));
        world.recordsMayHaveChanged();
    }

    void resume() {
        world.tree.put(world.tree.intents().pause().cleared());
        world.recordsMayHaveChanged();
    }

    /** Returns who queues behind the master, first in the queue first. */
    List<NodeId> standbys(NodeId master) {
        return world.tree.latch().owners().values().stream().filter(id -> !id.equals(master)).toList();
    }
}
