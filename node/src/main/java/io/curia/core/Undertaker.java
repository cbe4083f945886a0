package io.curia.core;

import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.Incarnation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import io.curia.model.Switchover.Outcome;
import io.curia.model.Takeover;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import io.curia.model.YieldedTenure;
import java.util.Optional;

/**
 * What is done about those ahead of this node, and others, who act no more: it takes over from a master that was the
 * only one ahead of it, and has the dead removed.
 *
 * <p>Taking over is one transaction that takes the master's place away, ends its tenure and claims. Every other way to
 * succeed needs two: one that ends the tenure, and the claim, once {@code LeaderLatch} has told who leads. The order of
 * the queue is kept: places ahead of this node's were all taken before it, so if the only one that was is the master's,
 * and that goes with the transaction, this node is first by it, or the transaction fails. Nobody is master by it before
 * its latch says that it leads.
 *
 * <p>That the master acts no more is its own word, said to whoever holds a lifeline to it, or a death that only the
 * system of the dead can have told of. Whatever else stands against a claim stands against this one.
 */
final class Undertaker {

    private final Situation situation;
    private final Candidacy candidacy;
    private final Claims claims;
    private final Obituaries obituaries;
    private Optional<Heard> heard = Optional.empty();

    private record Heard(Incarnation holder, YieldedTenure word) {

        boolean isOf(Tenure tenure) {
            return tenure.isOf(holder) && word.isOf(tenure);
        }
    }

    Undertaker(Situation situation, Candidacy candidacy, Claims claims, Obituaries obituaries) {
        this.situation = situation;
        this.candidacy = candidacy;
        this.claims = claims;
        this.obituaries = obituaries;
    }

    /** This registration has said that its tenure is over. What was said of an earlier one matters no more. */
    void onYielded(Incarnation holder, YieldedTenure word) {
        heard = Optional.of(new Heard(holder, word));
    }

    /** Takes over if this node may, or else has the dead removed; {@code placed}: its place in the queue is good. */
    void act(boolean placed) {
        if (!placed || !takesOver()) {
            bury(placed);
        }
    }

    private boolean takesOver() {
        if (claims.isTakingOver()) {
            // Whom it takes over from is removed when this is done: nothing of that is as urgent.
            return true;
        }
        Optional<Takeover> due = situation.seen().master().tenure()
                .filter(tenure -> tenure.ending().isEmpty() && isRightBehind(tenure))
                .flatMap(tenure -> yielded(tenure).or(() -> died(tenure)));
        return due.isPresent() && !situation.settings.asksFirst() && candidacy.mayClaim()
                && claims.takeOver(due.get());
    }

    /**
     * Has the dead removed, but while the cluster is paused, and not in the first moments of a mastership; with a claim
     * if this node may be first by that.
     */
    void bury(boolean placed) {
        if (!candidacy.clusterPaused() && !claims.isFresh()) {
            obituaries.act(situation, dead -> placed && !situation.leading() && candidacy.mayClaim()
                    ? claims.withRemovalOf(dead) : Optional.empty());
        }
    }

    private boolean isRightBehind(Tenure tenure) {
        return situation.seen().latch().filter(place -> isBehind(place, tenure)).isPresent();
    }

    private static boolean isBehind(LatchPlace place, Tenure tenure) {
        return !place.leading() && place.isRightBehind(tenure.latchPath());
    }

    /** Empty also if it ended for a switchover that is another by now: then its holder is to see to that first. */
    private Optional<Takeover> yielded(Tenure tenure) {
        return heard.filter(said -> said.isOf(tenure)).map(Heard::word).flatMap(word -> {
            Ending ending = new Ending(word.cause(), true, tenure.id().value(), word.reason(),
                    situation.now().wall());
            Optional<Versioned<Switchover>> settled = word.switchover().flatMap(id -> settled(id, tenure));
            return settled.isPresent() == word.switchover().isPresent()
                    ? Optional.of(new Takeover(tenure.ended(ending), settled)) : Optional.empty();
        });
    }

    private Optional<Versioned<Switchover>> settled(String id, Tenure tenure) {
        Versioned<Switchover> record = situation.seen().intents().switchover();
        return record.what().filter(wish -> wish.pending() && wish.id().equals(id))
                .map(wish -> record.saying(wish.settled(new Outcome(End.HANDED_OVER, "stepped aside",
                        tenure.id().value(), situation.now().wall()))));
    }

    private Optional<Takeover> died(Tenure tenure) {
        return candidacy.clusterPaused() ? Optional.empty()
                : obituaries.beyondDoubt(tenure.incarnation(), situation).map(found -> new Takeover(tenure.ended(
                        new Ending(Cause.CRASH, true, situation.settings.self().value(), found.evidence(),
                                found.at())), Optional.empty()));
    }
}
