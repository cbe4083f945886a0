package io.curia.core;

import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.RosterEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the node knows at this step, and the actions decided in it so far. Shared by the parts of the core. */
final class Situation {

    /** The wall clock may be set meanwhile: it is looked at again after this. */
    private static final Duration LONGEST_NAP = Duration.ofMinutes(1);

    final Settings settings;
    final Attempts attempts = new Attempts();
    final Doubts doubts = new Doubts(attempts);
    final Presence presence = new Presence(this);
    final Supplier<Incarnation> random;

    private final List<Action> actions = new ArrayList<>();
    private Moment now;
    private Observation seen = Observation.NOTHING;
    private Incarnation incarnation;
    private Epoch epochFloor = Epoch.NONE;
    private List<Contender> order = List.of();

    Situation(Settings settings, Supplier<Incarnation> random, Moment start) {
        this.settings = settings;
        this.random = random;
        this.now = start;
        this.incarnation = random.get();
    }

    void beginStep(Moment at) {
        now = at;
        actions.clear();
        attempts.begin(at.nanos());
    }

    List<Action> decided() {
        return List.copyOf(actions);
    }

    void perform(Action action) {
        actions.add(action);
    }

    /** Performs the action unless one of its kind is under way or was tried too recently. */
    void attempt(ActionKind kind, Action action) {
        if (attempts.tryNow(kind)) {
            actions.add(action);
        }
    }

    void observe(Observation observation) {
        seen = observation;
        // Should ZooKeeper be restored from an old copy, the next observation has forgotten what this one knows.
        raiseEpochFloor(observation.master().epoch());
    }

    /** The registration is gone for good; whatever comes next is told apart from it. */
    void renewIncarnation() {
        incarnation = random.get();
        attempts.reset();
    }

    void raiseEpochFloor(Epoch epoch) {
        epochFloor = epochFloor.max(epoch);
    }

    void order(List<Contender> seenNow) {
        order = List.copyOf(seenNow);
    }

    /** Returns who queues, first in the queue first, as last seen; nobody while it does not matter. */
    List<Contender> order() {
        return order;
    }

    /** Returns the highest epoch that any witness ever told of. */
    Epoch highestEpoch() {
        return epochFloor;
    }

    Moment now() {
        return now;
    }

    long nanos() {
        return now.nanos();
    }

    Observation seen() {
        return seen;
    }

    Incarnation incarnation() {
        return incarnation;
    }

    boolean registered() {
        return seen.holds(incarnation);
    }

    boolean leading() {
        return seen.latch().filter(LatchPlace::leading).isPresent();
    }

    /** Returns whether the wall clock has got there; if it has not, the decision is to be made again when it has. */
    boolean reached(Instant when) {
        return attempts.reached(nanos() + nanosUntil(when));
    }

    private long nanosUntil(Instant when) {
        Duration left = Duration.between(now.wall(), when);
        return left.isNegative() ? 0 : left.compareTo(LONGEST_NAP) > 0 ? LONGEST_NAP.toNanos() : left.toNanos();
    }

    /** Returns the roster entry that keeps this node out now, if one does. */
    Optional<RosterEntry> bar() {
        return seen.roster().filter(entry -> entry.bars(now.wall()));
    }

    boolean admittedInRoster() {
        return seen.roster().filter(entry -> entry.standing() == RosterEntry.Standing.ADMITTED).isPresent();
    }
}
