package io.curia.core.simulation;

import io.curia.core.Action;
import io.curia.core.ActionKind;
import io.curia.core.Event;
import io.curia.core.Event.Result;
import io.curia.core.Farewell;
import io.curia.core.Moment;
import io.curia.core.NodeCore;
import io.curia.core.Settings;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.RosterEntry;
import io.curia.store.NodeSession;
import io.curia.store.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** One run of a node on a host: a production core, driven as its runtime would drive it. */
final class NodeProcess implements Action.Performer {

    /** Twice of what production notices. */
    private static final long STANDSTILL_NANOS = 600 * Climate.MILLI;
    private static final int MOST_REFUSALS = 2;

    private enum State { RUNNING, FROZEN, DEAD }

    final Host host;
    final SimulatedSession session;
    final NodeCore core;
    /** The last answer of the program that is asked before a promotion, if it was yes and nothing came of it yet. */
    boolean permitted;
    /** By claim id: when, on this host's clock, the last claim or renewal that a quorum confirmed was sent. */
    final Map<String, Long> confirmedSends = new HashMap<>();
    Optional<Mandate> mandate = Optional.empty();
    Optional<Farewell> farewell = Optional.empty();
    /** Since when, by this host's clock, this process has ZooKeeper and its registration. */
    long soundSinceNanos;
    /** When, by the world's clock, it last went on after it had stood still for long. */
    long awokeAt;
    private final World world;
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
        this.soundSinceNanos = moment().nanos();
    }

    void start() {
        tell(new Event.EpochSeen(host.epochFloor));
        session.open();
        if (host.gated || host.sick) {
            world.agenda.after(world.dice.between(0, Climate.SECOND / 2), () -> run(this::checkHealth));
        }
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

    private void end() {
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
        if (event instanceof Event.PermissionAnswered answered) {
            permitted = answered.objection().isEmpty();
        }
        for (Event told : world.mutation.told(this, event)) {
            if (told instanceof Event.Observed observed) {
                boolean wasConnected = knowsConnected;
                knowsConnected = observed.observation().connected();
                if (!wasConnected || !knowsConnected || !observed.observation().holds(core.incarnation())) {
                    soundSinceNanos = moment().nanos();
                }
            }
            List<Action> decided = core.step(told, moment());
            List<Action> actions = world.mutation.done(this, told, decided);
            world.note(host, told.getClass().getSimpleName(), actions.size(), () -> Shorthand.of(told, actions));
            world.inspector.onStep(this, actions);
            actions.forEach(action -> action.performBy(this));
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

    @Override
    public void changeRole(Action.RoleChanged change) {
        world.inspector.onRole(this, change);
    }

    @Override
    public void askToJoin(Incarnation incarnation) {
        if (world.dice.chance(world.climate.requestLoss())) {
            later(Climate.SECOND, new Event.NobodyAnswered("time ran out"));
        } else {
            later(world.delay() + world.delay(), Sponsor.answer(world, this));
        }
    }

    private void later(long delay, Event event) {
        world.agenda.after(delay, () -> run(() -> tell(event)));
    }

    @Override
    public void admitSelf(RosterEntry entry) {
        session.send(() -> world.tree.put(entry), completing(ActionKind.ADMIT_SELF));
    }

    @Override
    public void register(Incarnation incarnation, RosterEntry entry) {
        Member member = new Member(host.id, incarnation, host.address, host.kind, 100 + host.number,
                "host-" + host.number, "sim", host.wall(world.now()), Map.of(), Optional.empty(), host.priority);
        session.send(() -> {
            boolean barred = world.inspector.isBarred(host);
            Outcome outcome = world.tree.register(session.id(), member, entry.registered(member));
            world.inspector.onRegistration(this, incarnation, barred, outcome);
            return outcome;
        }, completing(ActionKind.REGISTER));
    }

    @Override
    public void enterLatch() {
        // Not within this step: an answer is an event of its own.
        session.latch().enter();
        later(0, completed(ActionKind.ENTER_LATCH, Outcome.done(0)));
    }

    @Override
    public void withdrawLatch() {
        session.latch().withdraw(completing(ActionKind.WITHDRAW_LATCH));
    }

    /** Calm worlds say yes, and soon: what has to have happened by some moment has no time for more. */
    @Override
    public void askPermission(Action.AskPermission ask) {
        boolean refused = !world.climate.faults().isEmpty() && host.refusals < MOST_REFUSALS
                && world.permissions.chance(0.2);
        host.refusals += refused ? 1 : 0;
        boolean lost = !world.climate.faults().isEmpty() && world.permissions.chance(0.05);
        long takes = world.permissions.between(0, world.climate.latencyNanos());
        if (!lost) {
            later(takes, new Event.PermissionAnswered(ask.askId(),
                    refused ? Optional.of("says no") : Optional.empty()));
        }
    }

    @Override
    public void claim(Action.Claim claim) {
        world.inspector.onClaimSent(this);
        long sent = host.localNanos(world.now());
        String claimId = claim.tenure().claimId();
        world.onClaim.accept(host);
        session.send(() -> confirming(claimId, sent,
                world.tree.claim(claim.tenure(), claim.masterVersion(), claim.rosterVersion(),
                        claim.grounds())),
                outcome -> tell(outcome.isDone()
                        ? new Event.Claimed(claimId, outcome.version(), claim.issuedNanos())
                        : completed(ActionKind.CLAIM, outcome)));
    }

    @Override
    public void renew(Action.Renew renew) {
        long sent = host.localNanos(world.now());
        String claimId = renew.tenure().claimId();
        session.send(() -> confirming(claimId, sent, world.tree.renew(renew.tenure(), renew.masterVersion())),
                outcome -> {
                    switch (outcome.kind()) {
                        case DONE -> tell(new Event.Renewed(claimId, renew.issuedNanos()));
                        case CONFLICT, FENCED -> tell(new Event.RenewalRefused(claimId, outcome.detail()));
                        case DENIED, UNKNOWN -> tell(completed(ActionKind.RENEW, outcome));
                    }
                });
    }

    private Outcome confirming(String claimId, long sent, Outcome outcome) {
        if (outcome.isDone()) {
            confirmedSends.merge(claimId, sent, (a, b) -> b - a > 0 ? b : a);
        }
        return outcome;
    }

    @Override
    public void beginMastership(Action.BeginMastership begin) {
        permitted = false;
        boolean slow = world.dice.chance(world.climate.slowDuties());
        mandate = Optional.of(new Mandate(begin, slow));
        world.inspector.onMandate(this, mandate.get());
    }

    @Override
    public void extendMastership(Epoch epoch, long validUntilNanos) {
        mandate.filter(held -> held.epoch.equals(epoch)).ifPresent(held -> {
            held.validUntilLocalNanos = validUntilNanos;
            world.inspector.onValidity(this, held);
        });
    }

    @Override
    public void revokeMastership(Epoch epoch) {
        mandate.filter(held -> held.epoch.equals(epoch)).ifPresent(held -> held.revoked = true);
    }

    @Override
    public void stopDuties(Action.StopDuties stop) {
        mandate.filter(held -> held.epoch.equals(stop.epoch())).ifPresent(held -> {
            boolean hasty = world.mutation.saysStoppedTooEarly();
            held.dutiesRunning = held.slow || hasty;
            long takes = held.slow ? world.dice.between(0, 3 * world.climate.yieldGraceNanos()) : 0;
            world.agenda.after(takes, () -> run(() -> {
                held.dutiesRunning = hasty;
                tell(new Event.DutiesStopped(stop.epoch()));
            }));
        });
    }

    @Override
    public void endTenure(Action.EndedTenure ended) {
        session.send(() -> world.tree.end(ended.tenure(), ended.masterVersion()),
                completing(ActionKind.END_TENURE));
    }

    @Override
    public void stepAside(Action.StepAside aside) {
        session.send(() -> {
            var before = world.tree.intents().switchover().what();
            Outcome outcome = world.tree.stepAside(aside.ended().tenure(), aside.ended().masterVersion(),
                    aside.settled());
            world.steward.onStepAside(aside, before, outcome);
            return outcome;
        }, releasing(ActionKind.STEP_ASIDE));
    }

    @Override
    public void settle(Action.Settle settle) {
        session.send(() -> world.tree.put(settle.settled(), settle.masterVersion()),
                completing(ActionKind.SETTLE));
    }

    @Override
    public void note(RosterEntry entry) {
        session.send(() -> world.tree.put(entry), completing(ActionKind.NOTE));
    }

    @Override
    public void leave(Action.Leave leave) {
        NodeSession.Leaving leaving = new NodeSession.Leaving(leave.departed(), leave.latchPath(),
                leave.ended().map(ended -> new NodeSession.EndedTenure(ended.tenure(), ended.masterVersion())));
        session.send(() -> world.tree.leave(session.id(), leaving), releasing(ActionKind.LEAVE));
    }

    @Override
    public void remove(Action.Remove remove) {
        List<NodeSession.Removal> removals = remove.dead().stream().map(dead -> new NodeSession.Removal(dead.id(),
                dead.incarnation(), dead.proven(), dead.evidence(), dead.at())).toList();
        world.coroner.onRemove(this, remove);
        new SimulatedRemoval(world, this, removals).send(completing(ActionKind.REMOVE));
    }

    @Override
    public void spare(Action.Spare spare) {
        world.note(host, "spared", 0, () -> spare.found().id());
    }

    @Override
    public void finish(Farewell why) {
        farewell = Optional.of(why);
        world.note(host, "finished", why.kind().ordinal(), () -> why);
        world.inspector.onFinish(this);
        end();
        session.close();
        // Somebody starts it again, whatever it ended for: an evicted one has to find out again.
        world.agenda.after(world.dice.between(50 * Climate.MILLI, Climate.SECOND), () -> world.boot(host));
    }

    private Consumer<Outcome> completing(ActionKind kind) {
        return outcome -> tell(completed(kind, outcome));
    }

    /** Like {@link #completing}; what was committed removed the latch place as well. */
    private Consumer<Outcome> releasing(ActionKind kind) {
        return outcome -> {
            if (outcome.isDone()) {
                session.latch().forget();
            }
            tell(completed(kind, outcome));
        };
    }

    private static Event completed(ActionKind kind, Outcome outcome) {
        Result result = switch (outcome.kind()) {
            case DONE -> Result.DONE;
            case CONFLICT, FENCED -> Result.CONFLICT;
            case DENIED -> Result.DENIED;
            case UNKNOWN -> Result.UNKNOWN;
        };
        return new Event.Completed(kind, result, outcome.detail());
    }
}
