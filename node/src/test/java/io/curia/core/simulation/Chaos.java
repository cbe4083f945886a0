package io.curia.core.simulation;

import io.curia.core.Event;
import io.curia.core.Finding;
import io.curia.core.simulation.Climate.Fault;
import io.curia.core.simulation.Inquests.Lie;
import io.curia.model.Cause;
import io.curia.model.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes things go wrong, at random, for as long as it is told to. */
final class Chaos {

    private final World world;
    private final Operator operator;
    private boolean ceased;

    Chaos(World world, Operator operator) {
        this.world = world;
        this.operator = operator;
    }

    void begin() {
        world.onClaim = this::strikeInFlight;
        strikeAgain();
        writeAgain();
    }

    /** Nothing more goes wrong from now on, and what was wrong is mended. */
    void cease() {
        ceased = true;
        world.witnesses.cease();
        world.inquests.cease();
        world.onClaim = host -> { };
        world.climate = world.climate.calmed();
        for (Host host : world.hosts) {
            mend(host);
            host.process.ifPresent(NodeProcess::thaw);
            world.boot(host);
        }
    }

    private void strikeAgain() {
        world.agenda.after(world.dice.between(0, 2 * world.climate.calmNanos()), () -> {
            if (!ceased) {
                strikeAtRandom(victim());
                strikeAgain();
            }
        });
    }

    /** Something happens to the claimant while its claim is under way. */
    private void strikeInFlight(Host host) {
        slanderInFlight(host);
        withdrawInFlight();
        if (world.dice.chance(0.15)) {
            world.agenda.after(world.dice.between(0, 2 * world.climate.latencyNanos()), () -> strikeAtRandom(host));
        }
    }

    /** A removal reads before the claim is committed, and is committed after it. */
    private void slanderInFlight(Host host) {
        if (world.climate.faults().contains(Fault.SLANDER) && world.dice.chance(0.2)) {
            host.process.ifPresent(accused -> world.witnesses.accuseWithin(world.climate.latencyNanos(),
                    List.of(Witnesses.Suspect.of(accused)), false));
        }
    }

    /** The operator thinks better of the switchover that a claim is made for. */
    private void withdrawInFlight() {
        if (world.climate.faults().contains(Fault.SWITCHOVER) && world.dice.chance(0.2)) {
            world.agenda.after(world.dice.between(0, world.climate.latencyNanos()), world.wishes::cancel);
        }
    }

    private void strikeAtRandom(Host host) {
        if (!world.climate.faults().isEmpty()) {
            strike(world.dice.pick(List.copyOf(world.climate.faults())), host);
        }
    }

    /** Masters are struck more often than others. */
    private Host victim() {
        Optional<Host> master = world.hosts.stream()
                .filter(host -> host.process.filter(NodeProcess::isValidMaster).isPresent()).findFirst();
        return master.isPresent() && world.dice.chance(0.4) ? master.get() : world.dice.pick(world.hosts);
    }

    void strike(Fault fault, Host host) {
        world.note(host, "strike", fault.ordinal(), () -> fault);
        switch (fault) {
            case CUT -> {
                cut(host, duration(), world.dice.chance(0.5));
                suspect(host);
            }
            case FREEZE -> {
                freeze(host);
                suspect(host);
            }
            case CRASH -> crash(host);
            case STOP -> host.running().ifPresent(process -> process.tell(new Event.StopRequested("stop")));
            case STEP_DOWN -> host.running().ifPresent(process ->
                    process.tell(new Event.StepDownRequested(Cause.STEP_DOWN, "asked")));
            case EVICT -> operator.evict(host);
            case DRAIN -> operator.drain(host);
            case ILLNESS -> operator.infect(host);
            case DELETE_LATCH -> deleteLatch(host);
            case DELETE_LIVE -> deleteLive(host);
            case VERIFIED_CRASH -> crash(List.of(host), true);
            case DOUBLE_CRASH -> crash(List.of(host, world.dice.pick(world.hosts)), true);
            case VANISHING -> crash(List.of(host), false);
            case SLANDER -> slander(host);
            case ACCUSATION_STORM -> world.witnesses.storm(host);
            case SEEN_CRASH -> seenCrash(host);
            case CUT_LIFELINES -> cutLifelines(host);
            case LOST_NETWORK -> loseNetwork(host);
            case SWITCHOVER -> world.wishes.switchAtRandom();
            case PAUSE -> world.wishes.pauseAtRandom();
            case BURN_WATCH -> host.process.ifPresent(process -> process.session.latch().burn());
        }
    }

    /** Shorter than a guard, or longer than a session. */
    private long duration() {
        long timeout = world.climate.sessionTimeoutNanos();
        return world.dice.chance(0.5) ? world.dice.between(10 * Climate.MILLI, timeout / 2)
                : world.dice.between(timeout / 2, 2 * timeout + Climate.SECOND);
    }

    /** Cuts the cable. A silent cut is noticed only by what does not arrive. */
    void cut(Host host, long lasting, boolean silent) {
        int number = ++host.cuts;
        host.linkUp = false;
        long timeout = world.climate.sessionTimeoutNanos();
        host.process.ifPresent(process -> {
            process.session.onSurroundingsChanged();
            long noticedAfter = silent ? world.dice.between(timeout / 3, 2 * timeout / 3)
                    : world.dice.between(0, 10 * Climate.MILLI);
            world.agenda.after(noticedAfter, () -> {
                if (!silent || !host.linkUp) {
                    process.run(process.session::lose);
                }
            });
        });
        world.agenda.after(lasting, () -> {
            if (host.cuts == number) {
                mend(host);
            }
        });
    }

    private void mend(Host host) {
        if (!host.linkUp) {
            world.note(host, "mended", 0, () -> "");
            host.linkUp = true;
            host.process.ifPresent(process -> process.session.onSurroundingsChanged());
        }
    }

    private void freeze(Host host) {
        host.running().ifPresent(process -> {
            process.freeze();
            world.agenda.after(duration(), () -> {
                world.note(host, "thawed", 0, () -> "");
                process.thaw();
            });
        });
    }

    void crash(Host host) {
        host.process.ifPresent(NodeProcess::kill);
        world.agenda.after(world.dice.between(50 * Climate.MILLI, 2 * world.climate.sessionTimeoutNanos()),
                () -> world.boot(host));
    }

    /** Several die together, and others notice. */
    void crash(List<Host> victims, boolean proven) {
        List<Witnesses.Suspect> dead = victims.stream().distinct().flatMap(host -> host.process.stream())
                .map(Witnesses.Suspect::of).toList();
        victims.forEach(this::crash);
        world.witnesses.accuse(dead, proven);
    }

    /** It dies, and everybody looks into it. */
    private void seenCrash(Host host) {
        host.process.ifPresent(suspect -> {
            crash(host);
            world.inquests.cut(world.hosts, suspect, Lie.NONE);
            maybeFreezeOneOf(world.hosts);
        });
    }

    /** Its lifelines are cut and it lives; to some of those who held them its host seems gone. */
    private void cutLifelines(Host host) {
        host.process.ifPresent(suspect -> {
            List<Host> watchers = world.hosts.stream().filter(other -> world.dice.chance(0.7)).toList();
            Set<Host> blind = watchers.stream().filter(other -> world.dice.chance(0.5)).collect(Collectors.toSet());
            world.inquests.cut(watchers, suspect, new Lie(blind,
                    world.dice.chance(0.5) ? Finding.UNREACHABLE : Finding.REFUSED));
            maybeFreezeOneOf(watchers);
        });
    }

    /** All that it watches seems to die at once, and it may have lost ZooKeeper too. */
    private void loseNetwork(Host host) {
        boolean cut = world.dice.chance(0.5);
        Lie lie = new Lie(Set.of(host), Finding.UNREACHABLE);
        world.hosts.stream().flatMap(other -> other.process.stream())
                .forEach(suspect -> world.inquests.cut(List.of(host), suspect, lie));
        if (cut) {
            cut(host, duration(), false);
        }
    }

    /** Somebody stands still just while it looks. */
    private void maybeFreezeOneOf(List<Host> watchers) {
        if (!watchers.isEmpty() && world.dice.chance(0.3)) {
            Host sleeper = world.dice.pick(watchers);
            world.agenda.after(world.dice.between(0, 3 * Climate.MILLI), () -> freeze(sleeper));
        }
    }

    /** Whoever cannot be reached may be taken for gone. */
    private void suspect(Host host) {
        if (world.climate.faults().contains(Fault.SLANDER) && world.dice.chance(0.3)) {
            slander(host);
        }
    }

    private void slander(Host host) {
        host.process.ifPresent(accused -> world.witnesses.accuse(List.of(Witnesses.Suspect.of(accused)), false));
    }

    private void deleteLatch(Host host) {
        Optional<String> place = world.tree.latch().placesOf(host.id).stream().findFirst();
        if (place.isPresent() && mayTamper(host)) {
            world.tree.deleteLatch(place.get());
            world.recordsMayHaveChanged();
        }
    }

    private void deleteLive(Host host) {
        NodeId id = host.id;
        if (world.tree.live(id).isPresent() && mayTamper(host)) {
            world.tree.deleteLive(id);
            world.recordsMayHaveChanged();
        }
    }

    /**
     * A registration and a latch place of one node, both deleted by hand within a guard, look exactly like an
     * expired session. That is the one thing an operator must not do; the rest is survived.
     */
    private boolean mayTamper(Host host) {
        boolean allowed = world.now() - host.tamperedAt > 3 * world.climate.sessionTimeoutNanos();
        if (allowed) {
            host.tamperedAt = world.now();
        }
        return allowed;
    }

    /** Somebody who holds a mandate, valid or long over, writes under it. */
    private void writeAgain() {
        world.agenda.after(world.dice.between(Climate.SECOND / 20, Climate.SECOND), () -> {
            world.dice.pick(world.hosts).running().ifPresent(process -> process.mandate.ifPresent(mandate ->
                    process.session.send(() -> {
                        var outcome = world.tree.fenced(mandate.masterVersion, List.of());
                        if (outcome.isDone()) {
                            world.inspector.onFencedWrite(mandate);
                        }
                        return outcome;
                    }, outcome -> { })));
            if (!ceased) {
                writeAgain();
            }
        });
    }
}
