package io.curia.core.simulation;

import io.curia.core.Event;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.store.Outcome;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A node's session with the coordination service, from both ends: the client in the process, and what the server
 * knows of it. When a session expires the client opens the next.
 *
 * <p>Requests of a session arrive in order, and so do answers, and so do observations; between answers and
 * observations nothing is promised. An observation is a snapshot of one instant, delivered later.
 */
final class SimulatedSession {

    private static final long TICK_NANOS = Climate.SECOND / 2;
    private static final Outcome UNKNOWN = Outcome.of(Outcome.Kind.UNKNOWN, "answer lost");

    private final World world;
    private final NodeProcess process;
    private final SimulatedLatch latch;
    private final SimulatedOrder order;
    private long id;
    private boolean connected;
    private boolean closed;
    private boolean noticing;
    private boolean reading;
    private boolean again;
    private Observation last = Observation.NOTHING;
    private long lastArrival;
    private long lastAnswer;
    private long lastObservation;
    private long lastHeard;
    private Agenda.Entry expiry;

    SimulatedSession(World world, NodeProcess process) {
        this.world = world;
        this.process = process;
        this.latch = new SimulatedLatch(world, process, this);
        this.order = new SimulatedOrder(world, process);
    }

    void open() {
        tryToConnect();
        poll();
    }

    long id() {
        return id;
    }

    SimulatedLatch latch() {
        return latch;
    }

    boolean isConnected() {
        return connected;
    }

    /** Carries a write to the server and its outcome back, as far as the faults let it. */
    void send(Supplier<Outcome> write, Consumer<Outcome> onOutcome) {
        if (!connected || closed) {
            answerUnknown(onOutcome, Climate.MILLI);
            return;
        }
        long session = id;
        boolean lost = world.dice.chance(world.climate.requestLoss());
        boolean mute = world.dice.chance(world.climate.replyLoss());
        lastArrival = Math.max(lastArrival + 1, world.now() + world.delay());
        world.agenda.at(lastArrival, () -> {
            boolean died = process.isDead() && world.dice.chance(0.5);
            if (lost || died || !process.host.linkUp || !world.tree.hasSession(session)) {
                answerUnknown(onOutcome, 10 * Climate.MILLI);
                return;
            }
            heard(session);
            Outcome outcome = write.get();
            world.recordsMayHaveChanged();
            if (mute) {
                answerUnknown(onOutcome, 10 * Climate.MILLI);
            } else {
                answer(outcome, onOutcome);
            }
        });
    }

    private void answer(Outcome outcome, Consumer<Outcome> onOutcome) {
        lastAnswer = Math.max(lastAnswer + 1, world.now() + world.delay());
        world.agenda.at(lastAnswer, () -> process.run(() ->
                onOutcome.accept(process.host.linkUp ? outcome : UNKNOWN)));
    }

    private void answerUnknown(Consumer<Outcome> onOutcome, long least) {
        long within = Math.max(least + 1, world.climate.straggleNanos());
        world.agenda.after(world.dice.between(least, within), () -> process.run(() -> onOutcome.accept(UNKNOWN)));
    }

    /** Something in the records changed: the client notices soon, or not before it polls. */
    void onChange() {
        if (!noticing && connected && !world.dice.chance(world.climate.watchLoss())) {
            noticing = true;
            world.agenda.after(world.delay(), () -> process.run(() -> {
                noticing = false;
                latch.look();
                read();
            }));
        }
    }

    private void poll() {
        process.run(() -> {
            latch.look();
            read();
        });
        if (!closed && !process.isDead()) {
            long period = world.climate.sessionTimeoutNanos() / 2;
            world.agenda.after(period + world.dice.between(0, period / 8), this::poll);
        }
    }

    /**
     * Asks the server for what this session sees, or does so again after the answer that is under way. The records
     * are read one after another, and only those that are known to have changed, so what stands together in one
     * observation may never have stood together: what is this node's own and what is the master's may each be as it
     * was last seen, and the registration of the master's holder is read after the record that names it.
     */
    void read() {
        boolean overlapping = reading && !world.mutation.observationsOvertake();
        if (!connected || closed || overlapping) {
            again = overlapping;
            return;
        }
        reading = true;
        again = false;
        long session = id;
        world.agenda.after(world.delay(), () -> ifHeard(session, () -> {
            Observation own = snapshot(session, world.tree.master());
            if (!world.dice.chance(world.climate.tear())) {
                deliver(own);
                return;
            }
            if (last.connected() && last.sessionId() == session && world.dice.chance(0.5)) {
                deliver(world.dice.chance(0.5)
                        ? with(own, own.latch(), last.master(), last.holderLive())
                        : with(last, own.latch(), own.master(), own.holderLive()));
                again = true;
                return;
            }
            boolean swapped = world.mutation.readsHolderBeforeMaster();
            MasterRecord before = world.tree.master();
            List<Member> registered = List.copyOf(world.tree.live());
            world.agenda.after(world.delay(), () -> ifHeard(session, () -> {
                Observation seen = swapped ? torn(own, world.tree.master(), registered)
                        : torn(own, before, world.tree.live());
                deliver(world.dice.chance(0.5) ? seen : IntentBugs.with(seen, world.tree.intents()));
            }));
        }));
    }

    private void ifHeard(long session, Runnable then) {
        if (process.host.linkUp && world.tree.hasSession(session)) {
            heard(session);
            then.run();
        } else {
            reading = false;
        }
    }

    private Observation snapshot(long session, MasterRecord master) {
        Observation seen = world.tree.observe(session, world.climate.sessionTimeout(), process.host.id, false);
        return with(seen, latch.place(), master, seen.holderLive());
    }

    private static Observation torn(Observation own, MasterRecord master, Collection<Member> registered) {
        boolean holderLive = master.tenure().filter(tenure -> registered.stream()
                .anyMatch(member -> member.incarnation().equals(tenure.incarnation()))).isPresent();
        return with(own, own.latch(), master, holderLive);
    }

    private static Observation with(Observation seen, Optional<LatchPlace> place, MasterRecord master,
            boolean holderLive) {
        return new Observation(seen.connected(), seen.sessionId(), seen.sessionTimeout(), seen.roster(), seen.live(),
                place, master, holderLive, seen.intents());
    }

    private void deliver(Observation seen) {
        long due = world.now() + world.delay();
        lastObservation = world.mutation.observationsOvertake() ? due : Math.max(lastObservation + 1, due);
        world.agenda.at(lastObservation, () -> process.run(() -> {
            tell(seen.withLatch(seen.latch().map(this::asItLeadsNow)));
            reading = false;
            if (again) {
                read();
            }
        }));
    }

    /** Whether it leads is not read: it is what the latch says when all the rest is told. */
    private LatchPlace asItLeadsNow(LatchPlace read) {
        return new LatchPlace(read.path(), latch.leadsFrom(read.path()), read.ahead(), read.predecessor());
    }

    private void tell(Observation seen) {
        last = seen;
        process.tell(new Event.Observed(seen));
        order.lookSoon();
    }

    /** The latch says that it leads: told at once, with everything else as it was last seen. */
    void onLeading() {
        Optional<LatchPlace> now = latch.place();
        boolean known = now.isPresent() && now.map(LatchPlace::path).equals(last.latch().map(LatchPlace::path));
        if (last.connected() && known) {
            Observation seen = with(last, now, last.master(), last.holderLive());
            world.agenda.after(0, () -> process.run(() -> {
                if (last.connected()) {
                    tell(seen);
                }
            }));
        }
        read();
    }

    /** The cable was cut or mended, the process was frozen or thawed: the server hears from it, or does not. */
    void onSurroundingsChanged() {
        boolean heard = connected && process.host.linkUp && process.isRunning();
        if (heard && !world.tree.hasSession(id)) {
            // The first word after the silence is answered by the end of the session.
            world.agenda.after(world.delay(), () -> process.run(this::lose));
        } else if (heard && expiry != null) {
            expiry.cancel();
            expiry = null;
        } else if (!heard && expiry == null && world.tree.hasSession(id)) {
            lastHeard = Math.max(lastHeard,
                    world.now() - world.dice.between(0, world.climate.sessionTimeoutNanos() / 3));
            scheduleExpiry();
        }
    }

    private void heard(long session) {
        if (session == id) {
            lastHeard = world.now();
            if (expiry != null) {
                expiry.cancel();
                scheduleExpiry();
            }
        }
    }

    private void scheduleExpiry() {
        long session = id;
        expiry = world.agenda.at(lastHeard + world.climate.sessionTimeoutNanos() + world.dice.between(0, TICK_NANOS),
                () -> {
                    expiry = null;
                    if (!world.tree.hasSession(session)) {
                        return;
                    }
                    world.note(process.host, "expired", session, () -> Long.toHexString(session));
                    world.tree.endSession(session);
                    world.recordsMayHaveChanged();
                    // The server closes the connection, if there still is one.
                    if (process.host.linkUp) {
                        process.run(this::lose);
                    }
                });
    }

    /** The connection broke, and the client knows. */
    void lose() {
        if (!connected || closed) {
            return;
        }
        connected = false;
        onSurroundingsChanged();
        latch.onDisconnected();
        lastObservation = Math.max(lastObservation + 1, world.now());
        world.agenda.at(lastObservation, () -> process.run(() -> {
            tell(last.disconnected());
        }));
        reconnectSoon();
    }

    private void reconnectSoon() {
        world.agenda.after(world.dice.between(10 * Climate.MILLI, Climate.SECOND),
                () -> process.run(this::tryToConnect));
    }

    private void tryToConnect() {
        if (connected || closed) {
            return;
        }
        if (!process.host.linkUp) {
            reconnectSoon();
            return;
        }
        boolean resumed = world.tree.hasSession(id);
        if (!resumed) {
            id = world.tree.openSession();
            lastHeard = world.now();
            expiry = null;
        }
        connected = true;
        onSurroundingsChanged();
        world.note(process.host, "connected", id, () -> (resumed ? "resumed " : "new ") + Long.toHexString(id));
        latch.onConnected();
        read();
    }

    /** The node is done with it: the session ends as soon as the server hears of it, or else expires. */
    void close() {
        if (!world.mutation.closesSession()) {
            return;
        }
        boolean said = connected && process.host.linkUp;
        closed = true;
        connected = false;
        long session = id;
        if (said) {
            world.agenda.after(world.delay(), () -> {
                world.tree.endSession(session);
                world.recordsMayHaveChanged();
            });
        }
        onSurroundingsChanged();
    }
}
