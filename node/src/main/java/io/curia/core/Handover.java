package io.curia.core;

import io.curia.core.Reign.Loss;
import io.curia.model.Intents;
import io.curia.model.Intents.Place;
import io.curia.model.NodeId;
import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import io.curia.model.Switchover.Outcome;
import io.curia.model.Versioned;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a switchover asks of the master: to hand over once its target is next in the queue, so that the change costs
 * one step of the queue, and to settle a switchover that cannot happen any more.
 *
 * <p>A switchover is of one epoch. The one that hands over settles it in the transaction in which it steps aside, so
 * one that was withdrawn first is not followed, and none is followed twice. Whoever is to follow has to answer first
 * ({@link Presence}).
 */
final class Handover {

    /** How long a target may be missing in the queue: one that lost its connection for a moment queues anew. */
    private static final Duration TARGET_PATIENCE = Duration.ofSeconds(1);

    private final Situation situation;
    private final Candidacy candidacy;
    /** The switchover whose target has queued. */
    private Optional<String> met = Optional.empty();
    /** The switchover whose target was, and is not any more. */
    private Since<String> bereft = Since.never();

    Handover(Situation situation, Candidacy candidacy) {
        this.situation = situation;
        this.candidacy = candidacy;
    }

    /** Returns that the reign is to end for a switchover, if it is to begin now; settles one that is void. */
    Optional<Loss> due(Reign held) {
        Versioned<Switchover> record = record();
        Optional<Switchover> wish = record.what().filter(Switchover::pending)
                .filter(found -> !found.fromEpoch().isAfter(held.tenure().epoch()));
        if (wish.isEmpty()) {
            return Optional.empty();
        }
        Switchover asked = wish.get();
        if (held.tenure().epoch().isAfter(asked.fromEpoch())) {
            settle(held, record, overtaken(held, asked));
        } else if (!situation.reached(asked.notBefore())) {
            return Optional.empty();
        } else if (situation.reached(asked.deadline())) {
            settle(held, record, outcome(End.EXPIRED, obstacle(asked)
                    .orElse("the master did not get round to it")));
        } else if (hasLostItsTarget(asked)) {
            settle(held, record, outcome(End.TARGET_GONE,
                    asked.target().orElseThrow() + " does not queue any more"));
        } else {
            return begin(held, record, asked);
        }
        return Optional.empty();
    }

    /**
     * Hands over, unless something stands in the way. Whoever is to follow is asked while others make room for it:
     * by the time it is next, it has answered.
     */
    private Optional<Loss> begin(Reign held, Versioned<Switchover> record, Switchover asked) {
        Optional<NodeId> heir = heir(asked);
        boolean there = heir.filter(situation.presence::isThere).isPresent();
        if (there && obstacle(asked).isEmpty() && !situation.doubts.isDoubted(heir.get())) {
            return Optional.of(new Loss(asked.cause(), words(asked), true, Optional.of(asked.id())));
        }
        heir.flatMap(situation.presence::absence)
                .ifPresent(why -> settle(held, record, outcome(End.TARGET_GONE, heir.get() + " " + why)));
        return Optional.empty();
    }

    /** Returns who is to follow, if that one queues. */
    private Optional<NodeId> heir(Switchover asked) {
        List<NodeId> others = others();
        return asked.target().or(() -> others.stream().findFirst()).filter(others::contains);
    }

    /**
     * Whoever asked for one that begins at once has seen its target queue. The target of one that was scheduled may
     * be about to: it is waited for until it has been seen.
     */
    private boolean hasLostItsTarget(Switchover asked) {
        Optional<List<Place>> queue = situation.seen().intents().queue();
        if (asked.target().isEmpty() || queue.isEmpty()) {
            return false;
        }
        boolean queues = queue.get().stream().map(Place::id).anyMatch(asked.target().get()::equals);
        if (queues || !asked.notBefore().isAfter(asked.at())) {
            met = Optional.of(asked.id());
        }
        bereft = bereft.seeing(met.filter(id -> !queues && id.equals(asked.id())), situation.nanos());
        return bereft.what().isPresent() && (situation.doubts.isDoubted(asked.target().get())
                || situation.attempts.reached(bereft.nanos() + TARGET_PATIENCE.toNanos()));
    }

    /** Returns whether a reign that is ending for this reason is still to be handed over. */
    boolean isWanted(Loss loss) {
        return loss.switchover().isEmpty() || record().what()
                .filter(found -> found.id().equals(loss.switchover().get()))
                .filter(found -> found.pending() ? obstacle(found).isEmpty()
                        : found.outcome().orElseThrow().end() == End.HANDED_OVER)
                .isPresent();
    }

    /** Returns the switchover that a reign is ending for, settled as handed over; empty if it ends for another. */
    Optional<Versioned<Switchover>> settled(Loss loss) {
        Versioned<Switchover> record = record();
        return record.what()
                .filter(found -> found.pending() && loss.switchover().equals(Optional.of(found.id())))
                .map(found -> record.saying(found.settled(outcome(End.HANDED_OVER, "stepped aside"))));
    }

    private Versioned<Switchover> record() {
        return situation.seen().intents().switchover();
    }

    private void settle(Reign held, Versioned<Switchover> record, Outcome how) {
        if (situation.seen().connected()) {
            situation.attempt(ActionKind.SETTLE,
                    new Action.Settle(record.changed(wish -> wish.settled(how)), held.masterVersion()));
        }
    }

    private Outcome overtaken(Reign held, Switchover asked) {
        boolean followed = asked.forced() && asked.target().map(self()::equals).orElse(true);
        String now = "epoch " + held.tenure().epoch() + " was claimed by " + self() + " after "
                + held.tenure().cause();
        return self().equals(asked.from())
                ? outcome(End.OVERTAKEN, obstacle(asked).map(why -> now + ": " + why).orElse(now))
                : outcome(followed ? End.HANDED_OVER : End.OVERTAKEN, now);
    }

    private Outcome outcome(End end, String detail) {
        return new Outcome(end, detail, self().value(), situation.now().wall());
    }

    /** Returns what stands in the way of handing over now, in words. */
    private Optional<String> obstacle(Switchover asked) {
        Intents intents = situation.seen().intents();
        List<NodeId> others = others();
        if (candidacy.clusterPaused() && !asked.forced()) {
            return Optional.of("the cluster is paused");
        }
        if (intents.queue().isEmpty()) {
            return Optional.of("the queue of candidates was not seen");
        }
        if (asked.target().isEmpty()) {
            return others.isEmpty() ? Optional.of("no other candidate queues") : Optional.empty();
        }
        NodeId target = asked.target().get();
        if (target.equals(self())) {
            return Optional.of(target + " is master already");
        }
        if (others.indexOf(target) == 0) {
            return situation.doubts.isDoubted(target) ? Optional.of(target + " has hung up") : Optional.empty();
        }
        return Optional.of(others.contains(target) ? others.get(0) + " queues before " + target
                : target + " does not queue");
    }

    private List<NodeId> others() {
        return situation.seen().intents().queue().orElse(List.of()).stream().map(Place::id)
                .filter(id -> !id.equals(self())).toList();
    }

    private static String words(Switchover asked) {
        return (asked.target().map(target -> "switchover to " + target).orElse("step-down")) + " asked for by "
                + asked.actor() + (asked.reason().isEmpty() ? "" : ": " + asked.reason());
    }

    private NodeId self() {
        return situation.settings.self();
    }
}
