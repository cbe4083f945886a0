package io.curia.core.simulation;

import io.curia.model.MemberKind;
import io.curia.model.Priority;
import io.curia.store.memory.RecordTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One simulated cluster: its records, its hosts, its time and its chance. */
final class World {

    private static final int MOST_EVENTS_AN_INSTANT = 2_000;

    final Dice dice;
    /** Chance of its own, so that a world in which nobody is asked is the same as ever. */
    final Dice permissions;
    final Agenda agenda = new Agenda();
    final Bias bias;
    final Mutation mutation;
    final RecordTree tree;
    final Trace trace;
    final Inspector inspector;
    final Coroner coroner = new Coroner(this);
    final Witnesses witnesses = new Witnesses(this);
    final Inquests inquests = new Inquests(this);
    final Steward steward = new Steward(this);
    final Wishes wishes = new Wishes(this);
    final List<Host> hosts = new ArrayList<>();
    Climate climate;
    /** Told when a node sends a claim: the moment at which most can go wrong. */
    Consumer<Host> onClaim = host -> { };
    private long toldRevision = -1;

    World(long seed, Bias bias, Mutation mutation, boolean traced) {
        this.dice = new Dice(seed);
        this.permissions = new Dice(~seed);
        this.bias = bias;
        this.mutation = mutation;
        this.climate = Climate.drawn(dice);
        this.trace = new Trace(traced);
        this.tree = mutation.tree("sim");
        this.inspector = new Inspector(this);
        tree.init("sim", dice.incarnation().value(), Host.trueWall(0));
        int candidates = (int) dice.between(2, 5);
        boolean asking = permissions.chance(0.2);
        int observers = dice.chance(0.5) ? 1 : 0;
        for (int i = 0; i < candidates + observers; i++) {
            Host host = new Host(i, i < candidates ? MemberKind.CANDIDATE : MemberKind.OBSERVER, dice);
            host.gated = dice.chance(0.3);
            host.asked = asking && permissions.chance(0.5);
            if (climate.ranked()) {
                host.priority = new Priority(50 * (int) dice.between(1, 3), dice.chance(0.4));
            }
            hosts.add(host);
            agenda.after(dice.between(0, Climate.SECOND), () -> boot(host));
        }
        trace.note(0, -1, "climate", 0, () -> climate);
    }

    long now() {
        return agenda.now();
    }

    long delay() {
        return climate.delay(dice);
    }

    /** Starts a node on this host, if none is running there. */
    void boot(Host host) {
        if (host.process.isEmpty()) {
            note(host, "boot", 0, () -> "floor " + host.epochFloor);
            host.wellSince = now();
            redeemTicket(host);
            NodeProcess process = new NodeProcess(this, host);
            host.process = Optional.of(process);
            process.start();
        }
    }

    /** A node restarted on its own machine can end the session that its predecessor left behind. */
    private void redeemTicket(Host host) {
        long session = host.ticket;
        if (host.linkUp && dice.chance(0.5)) {
            agenda.after(delay(), () -> {
                tree.endSession(session);
                recordsMayHaveChanged();
            });
        }
    }

    /** Lets everybody who watches the records notice, if they changed. */
    void recordsMayHaveChanged() {
        if (tree.revision() != toldRevision) {
            toldRevision = tree.revision();
            inspector.onRecords();
            for (Host host : hosts) {
                host.process.ifPresent(process -> process.session.onChange());
            }
        }
    }

    /** Lets virtual time pass up to {@code limit}, doing everything that is due. */
    void runUntil(long limit) {
        long instant = -1;
        int events = 0;
        while (agenda.runNext(limit)) {
            if (now() != instant) {
                instant = now();
                events = 0;
            }
            events++;
            inspector.require(events < MOST_EVENTS_AN_INSTANT, "time stands still");
        }
    }

    void note(Host host, String what, long number, Supplier<?> detail) {
        trace.note(now(), host.number, what, number, detail);
    }
}
