package io.curia.core.simulation;

import io.curia.core.Event;
import io.curia.core.Guard;
import io.curia.core.simulation.Climate.Fault;
import io.curia.model.Epoch;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What must become true once faults have ceased: everybody admitted is a member again, candidates queue, one of
 * them is master; and then one planned or unplanned change of master, within its own, shorter bound.
 */
final class Epilogue {

    private static final long SLICE_NANOS = Climate.SECOND / 20;
    /** Production's patience with a latch that queued without a word, and with one that overlooks its lead. */
    private static final long LATCH_NANOS = 10 * Climate.SECOND;
    /** Stragglers of the rough time, and the answers that they were. */
    private static final long STRAGGLERS_NANOS = 4 * Climate.SECOND;
    private static final long QUIET_NANOS = 3 * Climate.SECOND;
    private static final long SERVER_TICK_NANOS = Climate.SECOND / 2;
    private static final long RECONNECT_NANOS = Climate.SECOND;
    /** Messages that a handover takes one after another, generously, and the pause after a conflict. */
    private static final int HANDOVER_MESSAGES = 24;
    private static final long CONFLICT_NANOS = 60 * Climate.MILLI;

    private final World world;
    private final Chaos chaos;
    private final Operator operator;
    private final long guardNanos;
    private List<Witnesses.Suspect> accused = List.of();

    /** What is done to the master in the end. */
    enum Drill {
        STEP_DOWN, STOP, CRASH, EVICT, DELETE_LATCH, BLIP, VERIFIED_CRASH, VANISHING, SLANDER, SEEN_CRASH,
        INTENT, DRAIN, ILLNESS
    }

    Epilogue(World world, Chaos chaos, Operator operator) {
        this.world = world;
        this.chaos = chaos;
        this.operator = operator;
        this.guardNanos = Guard.lengthFor(world.climate.sessionTimeout()).toNanos();
    }

    void perform() {
        chaos.cease();
        world.wishes.resume();
        world.wishes.cancel();
        world.hosts.forEach(operator::readmit);
        recover();
        settle();
        Drill drawn = world.dice.chance(0.3) ? Drill.INTENT : world.dice.pick(List.of(Drill.values()));
        Drill drill = world.bias.drill().orElse(drawn);
        Host master = master().orElseThrow();
        Epoch epoch = master.process.orElseThrow().mandate.orElseThrow().epoch;
        drill(drill);
        recover();
        settle();
        requireNobodyAccusedStands();
        new Records(world).requireJustice(master, epoch, drill);
    }

    private void recover() {
        world.hosts.forEach(operator::undrain);
        world.hosts.forEach(host -> operator.feel(host, false));
    }

    private void settle() {
        long timeout = world.climate.sessionTimeoutNanos();
        long reboot = 2 * timeout;
        long expiry = timeout + SERVER_TICK_NANOS;
        long duties = 3 * world.climate.yieldGraceNanos();
        long bound = reboot + expiry + STRAGGLERS_NANOS + RECONNECT_NANOS + LATCH_NANOS + duties + guardNanos
                + 5 * Climate.SECOND;
        await(bound, () -> unsettled().isEmpty(), () -> "not settled: " + unsettled());
        // Stragglers of the rough time still arrive; what they stir up has to settle again.
        world.runUntil(world.now() + QUIET_NANOS);
        await(bound, () -> unsettled().isEmpty(), () -> "not settled again: " + unsettled());
    }

    private List<String> unsettled() {
        List<String> wrong = new ArrayList<>();
        if (master().isEmpty()) {
            wrong.add("no master");
        }
        long candidates = world.hosts.stream().filter(host -> host.kind == MemberKind.CANDIDATE).count();
        if (world.tree.latch().owners().size() != candidates) {
            wrong.add("a ghost in the queue, or a gap");
        }
        master().ifPresent(master -> wrong.addAll(new Records(world).wrongUnder(master)));
        for (Host host : world.hosts) {
            Optional<NodeProcess> process = host.running();
            boolean registered = process.filter(running -> world.tree.holderOf(host.id)
                    .filter(holder -> holder == running.session.id()).isPresent()).isPresent();
            boolean queued = process.filter(running -> running.session.latch().place().isPresent()).isPresent();
            boolean inRole = process.filter(NodeProcess::isConnected)
                    .map(running -> running.core.role())
                    .filter(role -> role == Role.STANDBY || role == Role.MASTER).isPresent();
            if (!registered || !inRole || queued != (host.kind == MemberKind.CANDIDATE)) {
                wrong.add(host.id + (registered ? " registered" : " not registered")
                        + (queued ? " queued " : " not queued ")
                        + process.map(running -> running.core.role().toString()).orElse("not running"));
            }
        }
        return wrong;
    }

    private Optional<Host> master() {
        return world.hosts.stream().filter(host -> host.running().filter(process -> process.isValidMaster()
                && process.core.role() == Role.MASTER).isPresent()).findFirst();
    }

    private void drill(Drill drill) {
        Host host = master().orElseThrow();
        Mandate mandate = host.process.orElseThrow().mandate.orElseThrow();
        boolean alone = world.tree.latch().owners().size() < 2;
        world.note(host, "drill", drill.ordinal(), () -> drill);
        // Each latch that overlooks its lead is replaced in its turn.
        long burnt = world.hosts.stream().filter(other -> other.process.orElseThrow().session.latch().isBurnt())
                .count();
        long messages = HANDOVER_MESSAGES * 2 * world.climate.latencyNanos();
        // Counted by a clock that may be slow, from the first sight of the ending.
        long unproven = guardNanos + guardNanos / 20;
        long handover = burnt * LATCH_NANOS + messages + CONFLICT_NANOS
                + (mandate.slow ? 3 * world.climate.yieldGraceNanos() + guardNanos : 0);
        switch (drill) {
            case STEP_DOWN -> chaos.strike(Fault.STEP_DOWN, host);
            case STOP -> host.process.get().tell(new Event.StopRequested("drill"));
            case EVICT -> operator.evict(host);
            case DRAIN -> operator.drain(host);
            case ILLNESS -> operator.feel(host, true);
            case DELETE_LATCH -> {
                host.tamperedAt = Long.MIN_VALUE / 2;
                chaos.strike(Fault.DELETE_LATCH, host);
            }
            case CRASH -> {
                chaos.crash(host);
                handover += world.climate.sessionTimeoutNanos() + SERVER_TICK_NANOS;
            }
            case SEEN_CRASH -> {
                accused = List.of(Witnesses.Suspect.of(host.process.get()));
                world.inquests.cut(world.hosts, host.process.get(), Inquests.Lie.NONE);
                chaos.crash(host);
                handover = burnt * LATCH_NANOS + Witnesses.PROMPT_NANOS + messages + CONFLICT_NANOS;
            }
            case VERIFIED_CRASH, VANISHING, SLANDER -> {
                accused = new DeathDrill(world, chaos).perform(host, drill != Drill.SLANDER,
                        drill == Drill.VERIFIED_CRASH);
                handover = burnt * LATCH_NANOS + Witnesses.PROMPT_NANOS + messages + CONFLICT_NANOS
                        + (drill == Drill.VANISHING || drill == Drill.SLANDER && mandate.slow ? unproven : 0);
                alone = world.tree.latch().owners().values().stream()
                        .noneMatch(id -> !id.equals(host.id) && isRunning(id));
            }
            case BLIP -> {
                blip(host, mandate.epoch);
                return;
            }
            case INTENT -> {
                // Everybody before the target queues anew, each with messages of its own.
                new IntentDrill(world, chaos, handover + 2 * messages + LATCH_NANOS, unproven)
                        .perform(host, mandate.epoch);
                return;
            }
        }
        if (!alone) {
            awaitSuccessor(mandate.epoch, handover, drill);
        }
        if (drill == Drill.DRAIN || drill == Drill.ILLNESS) {
            // Long enough for the inspector to mind if it is still there.
            world.runUntil(world.now() + 7 * Climate.SECOND + world.climate.yieldGraceNanos());
        }
    }

    private boolean isRunning(NodeId id) {
        return world.hosts.stream().anyMatch(host -> host.id.equals(id) && host.running().isPresent());
    }

    /** Whoever was removed, rightly or wrongly, came back as somebody else. */
    private void requireNobodyAccusedStands() {
        for (Witnesses.Suspect suspect : accused) {
            boolean stands = world.tree.live(suspect.id())
                    .filter(member -> member.incarnation().equals(suspect.incarnation())).isPresent();
            world.inspector.require(!stands, suspect.id() + " was found dead and still stands");
        }
    }

    private void awaitSuccessor(Epoch before, long bound, Drill drill) {
        await(bound, () -> master().map(host -> host.process.get().mandate.get().epoch)
                .filter(epoch -> epoch.isAfter(before)).isPresent(), () -> "no successor after " + drill);
    }

    /** The cable is out for less than the guard, reconnecting included: same master, same epoch. */
    private void blip(Host host, Epoch epoch) {
        long spare = guardNanos / 3 + 2 * SLICE_NANOS;
        chaos.cut(host, Math.max(Climate.MILLI, guardNanos - RECONNECT_NANOS - spare), false);
        world.runUntil(world.now() + 2 * world.climate.sessionTimeoutNanos());
        boolean same = host.running().filter(NodeProcess::isValidMaster).flatMap(process -> process.mandate)
                .filter(mandate -> mandate.epoch.equals(epoch)).isPresent();
        world.inspector.require(same, "a blip deposed the master");
    }

    private void await(long bound, java.util.function.BooleanSupplier condition,
            java.util.function.Supplier<String> otherwise) {
        long deadline = world.now() + bound;
        while (!condition.getAsBoolean()) {
            world.inspector.require(world.now() < deadline,
                    otherwise.get() + " within " + bound / Climate.MILLI + " ms");
            world.runUntil(Math.min(deadline, world.now() + SLICE_NANOS));
        }
    }
}
