package io.curia.core.simulation;

import io.curia.model.Epoch;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What operators ask of a healthy cluster is done, within a bound. */
final class IntentDrill {

    private static final long SLICE_NANOS = Climate.SECOND / 20;
    private static final long SETTLING_NANOS = 2 * Climate.SECOND;
    private static final long ANSWER_NANOS = 11 * Climate.SECOND / 10;
    private static final Duration REST = Duration.ofSeconds(8);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final World world;
    private final Chaos chaos;
    private final long handoverNanos;
    private final long unprovenNanos;

    /** What operators may ask for, and what may come between. */
    private enum Kind {
        SWITCHOVER, DYING_TARGET, FROZEN_TARGET, FROZEN_MASTER, REST, PAUSED_CRASH, WITHDRAWN_IN_A_PAUSE
    }

    /** {@code handoverNanos} bounds an orderly change; {@code unprovenNanos} is what a frozen master adds to it. */
    IntentDrill(World world, Chaos chaos, long handoverNanos, long unprovenNanos) {
        this.world = world;
        this.chaos = chaos;
        this.handoverNanos = handoverNanos;
        this.unprovenNanos = unprovenNanos;
    }

    void perform(Host master, Epoch epoch) {
        Kind kind = world.dice.pick(List.of(Kind.values()));
        // One that does not notice when it leads is replaced in time, but does not get what it did not notice.
        List<NodeId> standbys = world.wishes.standbys(master.id).stream()
                .filter(id -> !host(id).process.orElseThrow().session.latch().isBurnt()).toList();
        if (standbys.isEmpty()) {
            return;
        }
        NodeId target = world.dice.pick(standbys);
        world.note(master, "intent", kind.ordinal(), () -> kind + " to " + target);
        switch (kind) {
            case SWITCHOVER -> {
                world.wishes.order(Optional.of(target), Duration.ZERO, false, LONG, false);
                awaitMaster(target, epoch, handoverNanos);
                requireSettled();
            }
            case DYING_TARGET -> {
                world.wishes.order(Optional.of(target), Duration.ZERO, false, LONG, false);
                world.runUntil(world.now() + world.dice.between(0, 20 * world.climate.latencyNanos()));
                if (world.dice.chance(0.5)) {
                    chaos.crash(List.of(host(target)), true);
                } else {
                    world.inquests.cut(world.hosts, host(target).process.orElseThrow(), Inquests.Lie.NONE);
                    chaos.crash(host(target));
                }
                requireNotWaitedFor(target, master);
            }
            case FROZEN_TARGET -> {
                host(target).process.orElseThrow().freeze();
                // Until what it has answered before is good no more.
                world.runUntil(world.now() + ANSWER_NANOS);
                world.wishes.order(Optional.of(target), Duration.ZERO, false, LONG, false);
                await(SETTLING_NANOS + 100 * world.climate.latencyNanos(), () -> !isPending(),
                        "a switchover to " + target + ", which is frozen, was not settled");
                requireReigning(master, epoch, target);
                host(target).process.ifPresent(NodeProcess::thaw);
            }
            case FROZEN_MASTER -> {
                master.process.orElseThrow().freeze();
                if (world.dice.chance(0.5)) {
                    world.wishes.pause(LONG);
                }
                world.wishes.order(Optional.of(target), Duration.ZERO, true, LONG, true);
                awaitMaster(target, epoch, handoverNanos + unprovenNanos);
                world.wishes.resume();
                master.process.ifPresent(NodeProcess::thaw);
            }
            case REST -> {
                world.wishes.order(Optional.empty(), REST, false, LONG, false);
                world.runUntil(world.now() + handoverNanos + REST.toNanos());
            }
            case WITHDRAWN_IN_A_PAUSE -> {
                world.wishes.pause(LONG);
                world.wishes.order(Optional.of(target), Duration.ZERO, true, LONG, true);
                world.runUntil(world.now() + world.dice.between(0, 20 * world.climate.latencyNanos()));
                world.wishes.cancel();
                world.runUntil(world.now() + Climate.SECOND);
                world.wishes.resume();
            }
            case PAUSED_CRASH -> {
                world.wishes.pause(LONG);
                chaos.crash(List.of(master), true);
                world.runUntil(world.now() + 2 * world.climate.sessionTimeoutNanos());
                world.wishes.resume();
            }
        }
    }

    private Host host(NodeId id) {
        return world.hosts.stream().filter(host -> host.id.equals(id)).findFirst().orElseThrow();
    }

    private void awaitMaster(NodeId target, Epoch before, long bound) {
        await(bound, () -> host(target).running().filter(process -> process.isValidMaster()
                && process.core.role() == Role.MASTER
                && process.mandate.orElseThrow().epoch.equals(before.next())).isPresent(),
                "the switchover did not end at " + target);
    }

    private void requireSettled() {
        End end = world.tree.intents().switchover().what().flatMap(Switchover::outcome).orElseThrow().end();
        world.inspector.require(end == End.HANDED_OVER, "the switchover ended as " + end);
    }

    /** Whether it was handed over to or not: nobody goes on waiting for one that is dead, unless it comes back. */
    private void requireNotWaitedFor(NodeId target, Host master) {
        await(handoverNanos + 2 * world.climate.sessionTimeoutNanos(),
                () -> !isPending() || world.tree.latch().placesOf(target).isEmpty(),
                target + ", which is dead, still queues");
        await(SETTLING_NANOS + 100 * world.climate.latencyNanos(),
                () -> !isPending() || !world.tree.latch().placesOf(target).isEmpty() || isYielding(master),
                "a switchover to " + target + ", which is dead, was not settled");
    }

    /** Whether it has begun to hand over, and its duties take their time. */
    private static boolean isYielding(Host master) {
        return master.process.filter(process -> process.core.role() == Role.YIELDING).isPresent();
    }

    private boolean isPending() {
        return world.tree.intents().switchover().what().filter(Switchover::pending).isPresent();
    }

    /** Unless somebody else, who had frozen it before, has thawed the target meanwhile. */
    private void requireReigning(Host master, Epoch epoch, NodeId target) {
        boolean thawed = host(target).process.filter(process -> process.stillSince().isEmpty()).isPresent();
        world.inspector.require(thawed || master.process.filter(NodeProcess::isValidMaster)
                .filter(process -> process.mandate.orElseThrow().epoch.equals(epoch)).isPresent(),
                master.id + " reigns no more, and " + target + ", which it was to hand over to, stands still");
    }

    private void await(long bound, BooleanSupplier condition, String otherwise) {
        long deadline = world.now() + bound;
        while (!condition.getAsBoolean()) {
            world.inspector.require(world.now() < deadline, otherwise + " within " + bound / Climate.MILLI + " ms");
            world.runUntil(Math.min(deadline, world.now() + SLICE_NANOS));
        }
    }
}
