package io.curia.core.simulation;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.core.Moment;
import io.curia.core.NodeCore;
import io.curia.core.Settings;
import io.curia.store.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One run of a node on a host: a production core, driven as its runtime would drive it. */
final class NodeProcess {

    /** Twice of what production notices. */
    private static final long STANDSTILL_NANOS = 600 * Climate.MILLI;

    private enum State { RUNNING, FROZEN, DEAD }

    final Host host;
    final SimulatedSession session;
    final NodeCore core;
    /** The last answer of the program that is asked before a promotion, if it was yes and nothing came of it yet. */
    boolean permitted;
    /** By claim id: when, on this host's clock, the last claim or renewal that a quorum confirmed was sent. */
    final Map<String, Long> confirmedSends = new HashMap<>();
    Optional<Mandate> mandate = Optional.empty();
    /** Since when, by this host's clock, this process has ZooKeeper and its registration. */
    long soundSinceNanos;
    /** When, by this host's clock, it was last told that ZooKeeper is out of reach. */
    long disconnectedNanos;
    /** When, by the world's clock, it last went on after it had stood still for long. */
    long awokeAt;
    private final World world;
    private final Deeds deeds;
    private final Deque<Runnable> held = new ArrayDeque<>();
    private State state = State.RUNNING;
    private Agenda.Entry wake;
    private boolean knowsConnected;
    private long frozenAt;

    NodeProcess(World world, Host host) {
        this.world = world;
        this.host = host;
        boolean seeded = world.dice.chance(0.2);
        Settings settings = new Settings(host.id, host.kind, host.priority, host.gated, host.address,
                100 + host.number, seeded, seeded && world.dice.chance(0.8), true,
                Duration.ofNanos(world.climate.yieldGraceNanos()), Optional.empty(), host.asked);
        this.core = new NodeCore(settings, () -> world.mutation.random(this, world.dice), moment());
        this.session = new SimulatedSession(world, this);
        this.deeds = new Deeds(world, this);
        this.soundSinceNanos = moment().nanos();
        this.disconnectedNanos = soundSinceNanos;
    }

    void start() {
        tell(new Event.EpochSeen(host.epochFloor));
        session.open();
        if (host.gated || host.sick) {
            world.agenda.after(world.dice.between(0, Climate.SECOND / 2), () -> run(this::checkHealth));
        }
    }

    /** A quorum has confirmed, if this is done, the claim or renewal that was sent at this moment of its clock. */
    Outcome confirming(String claimId, long sent, Outcome outcome) {
        if (outcome.isDone()) {
            confirmedSends.merge(claimId, sent, (a, b) -> b - a > 0 ? b : a);
        }
        return outcome;
    }

    void checkHealth() {
        tell(new Event.HealthReported(host.sick ? Optional.of("feels sick") : Optional.empty()));
    }

    Moment moment() {
        return new Moment(host.localNanos(world.now()), host.wall(world.now()));
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    boolean isDead() {
        return state == State.DEAD;
    }

    /** Since when, by the world's clock, it has stood still, if it does. */
    OptionalLong stillSince() {
        return state == State.FROZEN ? OptionalLong.of(frozenAt) : OptionalLong.empty();
    }

    /** Does something in this process: now, or once it is thawed, in order; never if it ended. */
    void run(Runnable task) {
        if (state == State.RUNNING) {
            task.run();
        } else if (state == State.FROZEN) {
            held.add(task);
        }
    }

    void freeze() {
        frozenAt = state == State.FROZEN ? frozenAt : world.now();
        state = State.FROZEN;
        mandate.ifPresent(held -> held.disturbed = true);
        session.onSurroundingsChanged();
    }

    void thaw() {
        if (state == State.FROZEN) {
            state = State.RUNNING;
            awokeAt = world.now() - frozenAt >= STANDSTILL_NANOS ? world.now() : awokeAt;
            session.onSurroundingsChanged();
            while (state == State.RUNNING && !held.isEmpty()) {
                held.remove().run();
            }
        }
    }

    /** Ends this process as {@code kill -9} does: nothing is said to anybody. */
    void kill() {
        end();
        session.onSurroundingsChanged();
    }

    /** Ends this process, whoever wanted it to. */
    void end() {
        state = State.DEAD;
        host.ticket = session.id();
        mandate = Optional.empty();
        if (wake != null) {
            wake.cancel();
        }
        if (world.dice.chance(0.7)) {
            host.epochFloor = host.epochFloor.max(core.epoch());
        }
        host.process = Optional.empty();
    }

    /** Whether it is connected, and was told so. */
    boolean isConnected() {
        return knowsConnected && session.isConnected();
    }

    boolean isValidMaster() {
        return mandate.filter(held -> held.isValid(host.localNanos(world.now()))).isPresent();
    }

    /** Tells the core of an event and does what it decides. */
    void tell(Event event) {
        if (state != State.RUNNING) {
            return;
        }
        if (event instanceof Event.DeathVerified verified) {
            world.coroner.onTold(this, verified.obituary());
        }
        if (event instanceof Event.HungUp hungUp) {
            world.steward.onHungUp(this, hungUp.id());
        }
        if (event instanceof Event.PermissionAnswered answered) {
            permitted = answered.objection().isEmpty();
        }
        for (Event told : world.mutation.told(this, event)) {
            if (told instanceof Event.Observed observed) {
                boolean wasConnected = knowsConnected;
                knowsConnected = observed.observation().connected();
                if (!knowsConnected) {
                    disconnectedNanos = moment().nanos();
                }
                if (!wasConnected || !knowsConnected || !observed.observation().holds(core.incarnation())) {
                    soundSinceNanos = moment().nanos();
                }
            }
            List<Action> decided = core.step(told, moment());
            List<Action> actions = world.mutation.done(this, told, decided);
            world.note(host, told.getClass().getSimpleName(), actions.size(), () -> Shorthand.of(told, actions));
            world.inspector.onStep(this, actions);
            actions.forEach(action -> action.performBy(deeds));
        }
        if (state == State.RUNNING) {
            wakeAt(core.wakeAt());
        }
    }

    private void wakeAt(OptionalLong local) {
        if (wake != null) {
            wake.cancel();
            wake = null;
        }
        if (local.isPresent()) {
            wake = world.agenda.at(host.virtualNanos(local.getAsLong()),
                    () -> run(() -> tell(new Event.Ticked())));
        }
    }
}
