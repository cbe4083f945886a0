package io.curia.core;

import io.curia.core.Bar.Reach;
import io.curia.core.Bar.Reason;
import io.curia.core.Reign.Loss;
import io.curia.model.Cause;
import io.curia.model.Intents;
import io.curia.model.Intents.Place;
import io.curia.model.NodeId;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.Pause;
import io.curia.model.Switchover;
import io.curia.model.Tenure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether this node may queue, stay where it queues, and claim: every {@link Bar} that stands against it just now.
 *
 * <p>A new reason is one more method in {@link #bars}. Each is derived afresh from what was last observed, so a bar
 * that is lifted needs nobody to lift it here.
 */
final class Candidacy {

    /**
     * How long somebody who went to the end of the queue for a better one stays where it is. Two nodes whose clocks
     * disagree on whether one of them is held back would overtake each other as fast as ZooKeeper lets them.
     */
    private static final Duration OVERTAKING_PACE = Duration.ofSeconds(2);
    /** How long a place at the head of the queue may go unnoticed by its latch before the latch is replaced. */
    private static final Duration LATCH_PATIENCE = Duration.ofSeconds(5);

    private final Situation situation;
    private final Conduct conduct;
    private final Precedence precedence;
    private final Permission permission;
    private Since<String> overlooked = Since.never();
    /** The place that was last given up for a better candidate, and since when it was. */
    private Since<String> yielded = Since.never();
    /** The place that was last given up for good. */
    private Optional<String> givenUp = Optional.empty();

    Candidacy(Situation situation, Conduct conduct) {
        this.situation = situation;
        this.conduct = conduct;
        this.precedence = new Precedence(situation, conduct);
        this.permission = new Permission(situation);
    }

    /** Returns what says whether the application lets this node be promoted. */
    Permission permission() {
        return permission;
    }

    /** Returns every bar that stands now; has the decision made again when the first of them ends by itself. */
    List<Bar> bars() {
        List<Bar> bars = Stream.of(drained(), unfit(), paused(), givesWay(), cooldown(), outranked(),
                permission.veto())
                .flatMap(Optional::stream).toList();
        bars.forEach(bar -> bar.until().ifPresent(situation::reached));
        return bars;
    }

    /** Returns the first bar of this reach; empty if there is none. */
    Optional<Bar> bar(Reach reach) {
        return bars().stream().filter(bar -> bar.reach() == reach).findFirst();
    }

    boolean mayClaim() {
        return bars().isEmpty();
    }

    /** Queues, leaves the queue or goes to its end, whichever is due; returns whether the place, if any, is good. */
    boolean seekPlace() {
        Optional<LatchPlace> place = situation.seen().latch();
        if (bar(Reach.QUEUE).isPresent()) {
            if (!place.map(LatchPlace::path).equals(givenUp)) {
                // Not the place that was given up before: there is nothing to wait for.
                situation.attempts.settled(ActionKind.WITHDRAW_LATCH);
            }
            if (place.isPresent() && situation.attempts.tryNow(ActionKind.WITHDRAW_LATCH)) {
                givenUp = place.map(LatchPlace::path);
                situation.perform(new Action.WithdrawLatch());
                // The day the bar is lifted it queues at once.
                situation.attempts.settled(ActionKind.ENTER_LATCH);
            }
            return false;
        }
        Optional<Bar> behind = bar(Reach.PLACE);
        if (behind.isPresent()) {
            if (behind.get().reason() == Reason.OUTRANKED) {
                yielded = yielded.seeing(place.map(LatchPlace::path), situation.nanos());
            }
            queueAfresh();
            return false;
        }
        overlooked = overlooked.seeing(place.filter(found -> found.first() && !found.leading())
                .map(LatchPlace::path), situation.nanos());
        boolean stuck = overlooked.what().isPresent()
                && situation.attempts.reached(overlooked.nanos() + LATCH_PATIENCE.toNanos());
        if (place.isEmpty() || stuck) {
            queueAfresh();
            return false;
        }
        return true;
    }

    /** A latch that lost its place, or never got one, is not used again: LeaderLatch would not notice by itself. */
    private void queueAfresh() {
        if (situation.attempts.tryNow(ActionKind.ENTER_LATCH)) {
            situation.perform(new Action.WithdrawLatch());
            situation.perform(new Action.EnterLatch());
        }
    }

    private Optional<Bar> drained() {
        return situation.seen().roster().flatMap(entry -> entry.notes().drain())
                .map(drain -> new Bar(Reason.DRAINED, Reach.QUEUE, drain.words(), Optional.empty()));
    }

    private Optional<Bar> unfit() {
        Reason reason = conduct.isChecked() ? Reason.UNHEALTHY : Reason.UNCHECKED;
        return conduct.unfit().map(why -> new Bar(reason, Reach.QUEUE, "unhealthy: " + why, Optional.empty()));
    }

    /**
     * The order is mended while somebody reigns. When nobody does, whoever is first is next: the one behind may have
     * just stepped down, or handed over to this node; nor when this node does, and has only not heard yet that it
     * leads. Nor is it mended while a switchover has an order of its own.
     */
    private Optional<Bar> outranked() {
        boolean reigned = situation.seen().holderLive() && situation.seen().master().tenure()
                .filter(tenure -> tenure.ending().isEmpty() && !tenure.isOf(situation.incarnation())).isPresent();
        return !reigned || situation.leading() || due().isPresent() || hasJustYielded() ? Optional.empty()
                : precedence.better()
                .map(other -> new Bar(Reason.OUTRANKED, Reach.PLACE, "gives way to " + other.id(), Optional.empty()));
    }

    /** Returns whether this place is a new one, got a moment ago by giving up another for somebody better. */
    private boolean hasJustYielded() {
        Optional<String> place = situation.seen().latch().map(LatchPlace::path);
        return yielded.what().isPresent() && place.isPresent() && !place.equals(yielded.what())
                && !situation.attempts.reached(yielded.nanos() + OVERTAKING_PACE.toNanos());
    }

    /** Returns why a master gives up mastership by itself; empty if it does not. */
    Optional<Loss> resignation() {
        Optional<String> preempted = clusterPaused() ? Optional.empty() : precedence.preempting()
                .map(other -> "gives way to " + other.id() + ", of priority " + other.priority().value());
        return bar(Reach.QUEUE).map(Bar::detail).or(() -> preempted)
                .map(why -> new Loss(Cause.STEP_DOWN, why, true));
    }

    /**
     * Whoever held the last tenure may take it up again, which is no change of master; so may whoever a forced
     * switchover is to end at.
     */
    private Optional<Bar> paused() {
        return pause().filter(pause -> !holdsLastTenure() && !forcedToFollow())
                .map(pause -> new Bar(Reason.PAUSED, Reach.CLAIM, "paused by " + pause.actor()
                        + (pause.reason().isEmpty() ? "" : ": " + pause.reason()), Optional.of(pause.until())));
    }

    /** Returns the pause that holds now. */
    private Optional<Pause> pause() {
        return situation.seen().intents().pause().what().filter(pause -> pause.holds(situation.now().wall()));
    }

    /** Returns whether nobody may be promoted now, or removed for being found dead. */
    boolean clusterPaused() {
        return pause().filter(pause -> !situation.reached(pause.until())).isPresent();
    }

    private boolean holdsLastTenure() {
        return situation.seen().master().tenure().filter(last -> last.id().equals(self())).isPresent();
    }

    private boolean forcedToFollow() {
        return due().filter(Switchover::forced)
                .filter(wish -> wish.target().map(self()::equals).orElse(true)).isPresent();
    }

    /** Whoever queues before the target of a switchover goes behind it, so that one step aside is enough. */
    private Optional<Bar> givesWay() {
        Optional<List<Place>> queue = situation.seen().intents().queue();
        Optional<String> place = situation.seen().latch().map(LatchPlace::path);
        Optional<Switchover> wish = due().filter(found -> found.target().isPresent());
        if (queue.isEmpty() || place.isEmpty() || wish.isEmpty()) {
            return Optional.empty();
        }
        NodeId target = wish.get().target().orElseThrow();
        List<NodeId> ids = queue.get().stream().map(Place::id).toList();
        int mine = queue.get().stream().map(Place::path).toList().indexOf(place.get());
        boolean inItsWay = mine >= 0 && mine < ids.indexOf(target) && !self().equals(target)
                && !situation.doubts.isDoubted(target);
        return inItsWay
                ? Optional.of(new Bar(Reason.GIVES_WAY, Reach.PLACE, "a switchover is to end at " + target,
                        Optional.of(wish.get().deadline())))
                : Optional.empty();
    }

    /** The one that stepped down stays out of the queue for as long as it was told to and anybody else is in it. */
    private Optional<Bar> cooldown() {
        Intents intents = situation.seen().intents();
        boolean alone = intents.queue().filter(queue -> queue.stream().map(Place::id).allMatch(self()::equals))
                .isPresent();
        return intents.switchover().what().filter(wish -> !alone && wish.from().equals(self()))
                .flatMap(Switchover::restsUntil)
                .filter(until -> situation.now().wall().isBefore(until))
                .map(until -> new Bar(Reason.COOLDOWN, Reach.QUEUE, "stepped down", Optional.of(until)));
    }

    /** Returns the switchover that is to happen now, if it is about the last epoch; wakes when one is to begin. */
    private Optional<Switchover> due() {
        Instant now = situation.now().wall();
        Optional<Switchover> wish = situation.seen().intents().switchover().what()
                .filter(Switchover::pending)
                .filter(found -> situation.seen().master().tenure().map(Tenure::epoch)
                        .filter(found.fromEpoch()::equals).isPresent());
        wish.filter(found -> now.isBefore(found.notBefore())).ifPresent(found -> situation.reached(found.notBefore()));
        return wish.filter(found -> found.due(now));
    }

    private NodeId self() {
        return situation.settings.self();
    }
}
