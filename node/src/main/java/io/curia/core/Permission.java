package io.curia.core;

import io.curia.core.Bar.Reach;
import io.curia.core.Bar.Reason;
import io.curia.model.Cause;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.Veto;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the application lets its node be promoted. It is asked once for each promotion, when nothing else stands
 * against the claim any more; until it has answered nothing is claimed. If it says no, the node leaves the queue for a
 * while, which grows with every no, so that somebody else has a chance.
 */
final class Permission {

    static final Duration FIRST_REST = Duration.ofSeconds(5);
    static final Duration LONGEST_REST = Duration.ofMinutes(1);
    /** What was permitted and could not be done for so long, in a pause say, is asked for again. */
    static final Duration GOOD_FOR = Duration.ofSeconds(30);

    private final Situation situation;
    /** What is being asked, or was answered with yes, for the place from which it would be claimed. */
    private Optional<Ask> ask = Optional.empty();
    private boolean granted;
    private long grantedNanos;
    /** The last answer, if it was no; forgotten with the next yes. */
    private Optional<Veto> veto = Optional.empty();
    private Duration rest = FIRST_REST;

    private record Ask(String id, String place) {
    }

    Permission(Situation situation) {
        this.situation = situation;
    }

    /** Returns whether to claim now, after a tenure that ended for this cause; asks, if that is still to be done. */
    boolean isGranted(Cause cause) {
        if (!situation.settings.asksFirst()) {
            return true;
        }
        String place = situation.seen().latch().map(LatchPlace::path).orElseThrow();
        boolean stale = granted && situation.nanos() - grantedNanos > GOOD_FOR.toNanos();
        if (stale || ask.filter(asked -> asked.place().equals(place)).isEmpty()) {
            forget();
            ask = Optional.of(new Ask(situation.random.get().value(), place));
        }
        if (!granted) {
            situation.attempt(ActionKind.ASK_PERMISSION, new Action.AskPermission(ask.get().id(),
                    situation.highestEpoch().next(), cause, situation.seen().master().tenure()));
        }
        return granted;
    }

    /** An answer: why not, or nothing. One to a question that does not matter any more changes nothing. */
    void onAnswer(String id, Optional<String> objection) {
        if (ask.filter(asked -> asked.id().equals(id)).isEmpty()) {
            return;
        }
        granted = objection.isEmpty();
        grantedNanos = situation.nanos();
        if (granted) {
            rest = FIRST_REST;
            veto = Optional.empty();
        } else {
            Instant now = situation.now().wall();
            Instant until = now.plus(rest);
            veto = objection.map(why -> new Veto(why, now, until));
            Duration doubled = rest.multipliedBy(2);
            rest = doubled.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : doubled;
            forget();
        }
    }

    /** The promotion that was asked for has happened, or will not. */
    void forget() {
        ask = Optional.empty();
        granted = false;
        situation.attempts.settled(ActionKind.ASK_PERMISSION);
    }

    /** Returns the last answer, if it was no. */
    Optional<Veto> refusal() {
        return veto;
    }

    /** Returns the bar that stands after a no. */
    Optional<Bar> veto() {
        return veto.filter(no -> no.runs(situation.now().wall())).map(no -> new Bar(Reason.VETOED, Reach.QUEUE,
                "not promoted: " + no.reason(), Optional.of(no.until())));
    }
}
