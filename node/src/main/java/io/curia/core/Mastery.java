package io.curia.core;

import io.curia.core.Action.EndedTenure;
import io.curia.core.Reign.Loss;
import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.Epoch;
import io.curia.model.MasterRecord;
import io.curia.model.Tenure;
import io.curia.model.YieldedTenure;
import java.time.Duration;
import java.util.Optional;

/** A mastership from its claim on: keeping it valid, giving it up, and having the record say so. */
final class Mastery {

    /** How long whoever is next has for taking over: several times what it takes when all is well. */
    private static final Duration HEARING = Duration.ofMillis(25);

    private final Situation situation;
    private final Handover handover;
    private final Claims claims;
    private Optional<Reign> reign = Optional.empty();
    /** The last reign, while the master record does not say yet that its holder is invalid. */
    private Optional<Reign> spent = Optional.empty();
    /** The epoch that was said to be over, and since when it has been. */
    private Since<Epoch> said = Since.never();
    private Optional<Epoch> unheard = Optional.empty();

    Mastery(Situation situation, Handover handover, Claims claims) {
        this.situation = situation;
        this.handover = handover;
        this.claims = claims;
    }

    Optional<Reign> reign() {
        return reign;
    }

    void onClaimed(String claimId, int masterVersion, long issuedNanos) {
        claims.onClaimed(claimId, masterVersion, issuedNanos).ifPresent(this::begin);
    }

    void onRenewed(String claimId, long issuedNanos) {
        reign.filter(held -> held.isClaim(claimId) && !held.revoked()).ifPresent(held -> {
            reign = Optional.of(held.renewed(issuedNanos));
            situation.perform(new Action.ExtendMastership(held.tenure().epoch(), reign.get().validUntilNanos()));
        });
    }

    /** A renewal was refused: a quorum says that the place is gone, whatever else has been seen so far. */
    void onRenewalRefused(String claimId, String detail) {
        if (reign.filter(held -> held.isClaim(claimId)).isPresent()) {
            lose(new Loss(Cause.STEP_DOWN, "its renewal was refused: " + detail, false));
        }
    }

    void onDutiesStopped(Epoch epoch) {
        reign.filter(held -> held.tenure().epoch().equals(epoch))
                .ifPresent(held -> reign = Optional.of(held.withDutiesStopped()));
        spent.filter(held -> held.tenure().epoch().equals(epoch))
                .ifPresent(held -> spent = Optional.of(held.withDutiesStopped()));
    }

    /** Claims, as soon as the tenure before allows it; begins with a claim that is found to have been committed. */
    void seekClaim() {
        claims.seek().ifPresent(this::begin);
    }

    private void begin(Claims.Committed claim) {
        spent = Optional.empty();
        situation.attempts.settled(ActionKind.RENEW);
        // What was done under the last epoch is no reason to wait with it under this one.
        situation.attempts.settled(ActionKind.STEP_ASIDE);
        situation.attempts.settled(ActionKind.SETTLE);
        situation.raiseEpochFloor(claim.tenure().epoch());
        reign = Optional.of(Reign.begun(claim.tenure(), claim.masterVersion(), claim.issuedNanos()));
        situation.perform(new Action.BeginMastership(claim.tenure(), claim.masterVersion(),
                reign.get().validUntilNanos()));
    }

    /** Returns why mastership is over, if it is: by the clock, or by what was last observed. */
    Optional<Loss> overdue() {
        Reign held = reign.orElseThrow();
        if (situation.attempts.reached(held.validUntilNanos())) {
            return Optional.of(new Loss(Cause.STEP_DOWN, "its clock guard ran out", false));
        }
        return held.lossIn(situation.seen(), situation.incarnation(), situation.now().wall());
    }

    /** Returns that a switchover ends the reign, if one is to begin now. */
    Optional<Loss> switchover() {
        return handover.due(reign.orElseThrow());
    }

    void renewIfDue() {
        Reign held = reign.orElseThrow();
        if (situation.seen().connected() && situation.attempts.reached(held.nextRenewalNanos())) {
            reign = Optional.of(held.renewing(situation.nanos()));
            situation.perform(new Action.Renew(held.tenure(), held.masterVersion(), situation.nanos()));
        }
    }

    /** Notes that the reign is ending. An unplanned loss makes it invalid at once, also if it was ending anyway. */
    void lose(Loss loss) {
        if (!loss.planned()) {
            revoke();
        }
        Reign held = reign.orElseThrow();
        if (held.loss().isEmpty()) {
            situation.perform(new Action.StopDuties(held.tenure().epoch(), loss.planned(), loss.reason()));
            reign = Optional.of(held.losing(loss));
        }
    }

    void revoke() {
        Reign held = reign.orElseThrow();
        if (!held.revoked()) {
            reign = Optional.of(held.revokedNow());
            situation.perform(new Action.RevokeMastership(held.tenure().epoch()));
        }
    }

    /** Nobody was there to hear that this tenure is over. */
    void onNobodyHeard(Epoch epoch) {
        unheard = Optional.of(epoch);
    }

    /** Whoever has heard that this tenure is over may be dead: there is no waiting for that one. */
    void onHungUp() {
        unheard = said.what();
    }

    /**
     * Says to whoever is next in the queue that the reign is over, so that it takes over in one transaction of its own;
     * returns whether to wait for that. Nothing depends on it: unless it is seen to happen soon, the place is given up
     * in the usual way, and only one of the two transactions can be committed.
     */
    boolean yieldsByWord() {
        Reign held = reign.orElseThrow();
        Epoch epoch = held.tenure().epoch();
        boolean sayable = held.loss().orElseThrow().planned() && held.dutiesStopped() && held.revoked()
                && situation.seen().connected() && situation.bar().isEmpty() && holdsPlace(held)
                && !unheard.equals(Optional.of(epoch));
        if (!sayable) {
            return false;
        }
        if (said.what().filter(epoch::equals).isEmpty()) {
            Loss loss = held.loss().get();
            if (situation.seen().master().version() > held.masterVersion() || !handover.isWanted(loss)) {
                return false;
            }
            said = said.seeing(Optional.of(epoch), situation.nanos());
            situation.perform(new Action.Yield(new YieldedTenure(epoch, held.tenure().claimId(), loss.cause(),
                    loss.reason(), loss.switchover())));
        }
        return !situation.attempts.reached(said.nanos() + HEARING.toNanos());
    }

    private boolean holdsPlace(Reign held) {
        return situation.seen().latch().filter(place -> place.path().equals(held.tenure().latchPath())).isPresent();
    }

    /**
     * Gives the place in the latch to the next in the queue; returns whether there is nothing left to give, or nobody
     * to give it to: then the place stands, and this node claims again.
     */
    boolean stepAside() {
        Reign held = reign.orElseThrow();
        Loss loss = held.loss().orElseThrow();
        if (!holdsPlace(held) || situation.bar().isPresent()
                || situation.seen().master().version() > held.masterVersion()) {
            return true;
        }
        if (!situation.seen().connected()) {
            return false;
        }
        if (!handover.isWanted(loss)) {
            return true;
        }
        situation.attempt(ActionKind.STEP_ASIDE, new Action.StepAside(
                new EndedTenure(ended(held, held.tenure()), recordOf(held)), handover.settled(loss)));
        return false;
    }

    /** The reign is over; what remains is to have the record say that its holder is invalid. */
    void layDown() {
        spent = reign;
        reign = Optional.empty();
    }

    /** Has the record say that the last reign's holder is invalid, if it does not; returns whether it does. */
    boolean confirmSpent() {
        adoptForsaken();
        Optional<EndedTenure> closing = closing();
        if (closing.isEmpty()) {
            spent = Optional.empty();
            situation.attempts.settled(ActionKind.END_TENURE);
            return true;
        }
        if (spent.orElseThrow().dutiesStopped() && situation.seen().connected()) {
            situation.attempt(ActionKind.END_TENURE, new Action.EndTenure(closing.get()));
        }
        return false;
    }

    private void adoptForsaken() {
        claims.adoptForsaken().ifPresent(claim -> {
            Loss loss = new Loss(Cause.STEP_DOWN, "lost the lead before its claim was answered", false);
            spent = Optional.of(Reign.begun(claim.tenure(), claim.masterVersion(), claim.issuedNanos())
                    .losing(loss).withDutiesStopped());
        });
    }

    /**
     * Returns the last reign's tenure with its ending, as its holder still has to record it; empty if there is
     * nothing to record. What others recorded of the ending stays as they wrote it, and is confirmed.
     */
    Optional<EndedTenure> closing() {
        if (spent.isEmpty()) {
            return Optional.empty();
        }
        Reign held = spent.get();
        MasterRecord master = situation.seen().master();
        if (master.version() < held.masterVersion()) {
            // Seen before the claim was: go by what the claim said.
            return Optional.of(new EndedTenure(ended(held, held.tenure()), recordOf(held)));
        }
        return master.tenure()
                .filter(recorded -> held.isClaim(recorded.claimId()))
                .filter(recorded -> !recorded.ending().map(Ending::confirmed).orElse(false))
                .map(recorded -> new EndedTenure(ended(held, recorded), master));
    }

    /** The master record as its claim left it. */
    private static MasterRecord recordOf(Reign held) {
        return new MasterRecord(Optional.of(held.tenure()), held.masterVersion());
    }

    /** Confirmed only if everything done as master has stopped; else whoever follows waits out the guard. */
    private Tenure ended(Reign held, Tenure recorded) {
        Loss loss = held.loss().orElseThrow();
        Ending ending = recorded.ending()
                .map(found -> new Ending(found.cause(), held.dutiesStopped(), found.actor(), found.reason(),
                        found.at()))
                .orElseGet(() -> new Ending(loss.cause(), held.dutiesStopped(),
                        situation.settings.self().value(), loss.reason(), situation.now().wall()));
        return recorded.ended(ending);
    }
}
