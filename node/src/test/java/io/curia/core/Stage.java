package io.curia.core;

import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.MemberKind;
import io.curia.model.Priority;
import io.curia.model.Role;
import io.curia.model.Tenure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One core on its own, with the time in the test's hand. Nothing is answered unless the test says so. */
final class Stage {

    static final Duration GRACE = Duration.ofSeconds(1);
    /** Shortly before the clock overflows, as it may at any time. */
    static final long START_NANOS = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

    final NodeCore core;
    /** What the last step decided. */
    List<Action> actions = List.of();
    private long nanos = START_NANOS;
    private Instant wall = Sight.NOON;
    private long drawn;

    Stage(MemberKind kind, boolean seeded, boolean makeMasterOnError) {
        this(kind, seeded, makeMasterOnError, true);
    }

    private Stage(MemberKind kind, boolean seeded, boolean makeMasterOnError, boolean removesDead) {
        this(new Settings(Sight.SELF, kind, Sight.ADDRESS, 42, seeded, makeMasterOnError, removesDead, GRACE));
    }

    private Stage(Settings settings) {
        Supplier<Incarnation> random = () -> Incarnation.of(1, ++drawn);
        core = new NodeCore(settings, random, moment());
    }

    /** A candidate that is to be found fit first. */
    static Stage gated() {
        return new Stage(new Settings(Sight.SELF, MemberKind.CANDIDATE, Priority.DEFAULT, true, Sight.ADDRESS, 42,
                false, false, true, GRACE));
    }

    /** A candidate that leads the latch and whose application is to be asked. */
    static Stage asked() {
        Stage stage = new Stage(new Settings(Sight.SELF, MemberKind.CANDIDATE, Priority.DEFAULT, false, Sight.ADDRESS,
                42, false, false, true, GRACE, Optional.empty(), true)).see(Sight.connected());
        stage.see(Sight.registered(stage.incarnation()));
        return stage.see(Sight.leading(stage.incarnation()));
    }

    static Stage candidate() {
        return new Stage(MemberKind.CANDIDATE, false, false);
    }

    /** A standby that waits for the sessions of the dead to expire. */
    static Stage patientStandby() {
        Stage stage = new Stage(MemberKind.CANDIDATE, false, false, false).see(Sight.connected());
        return stage.see(Sight.registered(stage.incarnation()));
    }

    static Stage joining() {
        return candidate().see(Sight.connected());
    }

    static Stage standby() {
        Stage stage = joining();
        return stage.see(Sight.registered(stage.incarnation()));
    }

    static Stage elected() {
        Stage stage = standby();
        return stage.see(Sight.leading(stage.incarnation()));
    }

    /** A master of epoch 1 that has seen its own claim at master version 1. */
    static Stage master() {
        Stage stage = elected();
        stage.tell(stage.claimed());
        return stage.see(stage.reigning());
    }

    /** Lets the first moments of a mastership pass, in which nothing is done that can wait. */
    Stage settle() {
        return wait(Duration.ofNanos(Claims.FIRST_NANOS));
    }

    static Stage yielding(Event why) {
        return master().tell(why);
    }

    Moment moment() {
        return new Moment(nanos, wall);
    }

    long nanos() {
        return nanos;
    }

    Incarnation incarnation() {
        return core.incarnation();
    }

    Role role() {
        return core.role();
    }

    Stage tell(Event event) {
        actions = core.step(event, moment());
        return this;
    }

    Stage see(Sight sight) {
        return tell(new Event.Observed(sight.observation()));
    }

    Stage pass(Duration time) {
        nanos += time.toNanos();
        return this;
    }

    /** Lets time pass on the wall as well, and wakes the core. */
    Stage until(Instant later) {
        Duration time = Duration.between(wall, later);
        wall = later;
        return wait(time);
    }

    /** Lets time pass and wakes the core. */
    Stage wait(Duration time) {
        return pass(time).tell(new Event.Ticked());
    }

    Stage answer(ActionKind kind, Event.Result result) {
        return tell(new Event.Completed(kind, result, ""));
    }

    /** Everything done as master of this epoch has stopped, and nobody is there to take over. */
    Stage giveUpAlone(long epoch) {
        return tell(new Event.DutiesStopped(new Epoch(epoch))).tell(new Event.NobodyHeard(new Epoch(epoch)));
    }

    /** Whoever is asked whether it is there, if somebody is, answers that it is. */
    Stage heirIsThere() {
        all(Action.AskHeir.class).forEach(ask -> tell(new Event.HeirAnswered(ask.heir(), ask.issuedNanos(),
                Optional.empty())));
        return this;
    }

    /** Returns the answer to the claim of the last step. */
    Event claimed() {
        Action.Claim claim = only(Action.Claim.class);
        return new Event.Claimed(claim.tenure().claimId(), claim.masterVersion() + 1, claim.issuedNanos());
    }

    /** What a master of epoch 1 sees while all is well. */
    Sight reigning() {
        return Sight.leading(incarnation()).master(mine(), 1, true);
    }

    /** The tenure that this stage's master claimed: the first random value was its incarnation, the next its id. */
    Tenure mine() {
        return new Tenure(new Epoch(1), Sight.SELF, incarnation(), Sight.ADDRESS, 42,
                Sight.PLACE, Sight.NOON, Cause.FIRST, Incarnation.of(1, 2).value(), Sight.GUARD,
                Optional.empty());
    }

    <T extends Action> T only(Class<T> kind) {
        List<T> found = all(kind);
        if (found.size() != 1) {
            throw new AssertionError(kind.getSimpleName() + ": " + found.size() + " (expected: 1) in " + actions);
        }
        return found.get(0);
    }

    <T extends Action> List<T> all(Class<T> kind) {
        return actions.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Returns the roles that the last step went through. */
    List<Role> roles() {
        return all(Action.RoleChanged.class).stream().map(Action.RoleChanged::to).toList();
    }

    /** Returns how this tenure ended. */
    static Ending endingOf(Action.EndedTenure ended) {
        return ended.tenure().ending().orElseThrow();
    }
}
