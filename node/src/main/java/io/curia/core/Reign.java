package io.curia.core;

import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.Incarnation;
import io.curia.model.Observation;
import io.curia.model.Tenure;
import java.time.Instant;
import java.util.Optional;

/**
 * A mastership from the inside: the tenure, the record version it is bound to, and until when it is valid.
 *
 * @param tenure as claimed
 * @param masterVersion the version of the master record that the claim produced
 * @param validUntilNanos when validity ends by the clock, unless renewed
 * @param lastRenewalNanos when the last renewal was issued
 * @param revoked whether the application's handle was made invalid before its time
 * @param dutiesStopped whether everything done as master has stopped
 * @param loss why it is ending; empty while it is not
 */
record Reign(Tenure tenure, int masterVersion, long validUntilNanos, long lastRenewalNanos, boolean revoked,
        boolean dutiesStopped, Optional<Loss> loss) {

    /**
     * Why a mastership ends.
     *
     * @param cause as it will be recorded
     * @param reason one sentence for a person
     * @param planned whether it is still valid while its duties are being stopped
     * @param switchover the id of the switchover it is for; empty if it is for none
     */
    record Loss(Cause cause, String reason, boolean planned, Optional<String> switchover) {

        Loss(Cause cause, String reason, boolean planned) {
            this(cause, reason, planned, Optional.empty());
        }
    }

    static Reign begun(Tenure tenure, int masterVersion, long issuedNanos) {
        return new Reign(tenure, masterVersion, issuedNanos + tenure.guard().toNanos(), issuedNanos, false, false,
                Optional.empty());
    }

    /** Confirmed by a renewal sent at this moment; never shortens, because answers may overtake each other. */
    Reign renewed(long issuedNanos) {
        long until = issuedNanos + tenure.guard().toNanos();
        long later = until - validUntilNanos > 0 ? until : validUntilNanos;
        return new Reign(tenure, masterVersion, later, lastRenewalNanos, revoked, dutiesStopped, loss);
    }

    Reign renewing(long nowNanos) {
        return new Reign(tenure, masterVersion, validUntilNanos, nowNanos, revoked, dutiesStopped, loss);
    }

    Reign losing(Loss why) {
        return new Reign(tenure, masterVersion, validUntilNanos, lastRenewalNanos, revoked, dutiesStopped,
                Optional.of(why));
    }

    Reign revokedNow() {
        return new Reign(tenure, masterVersion, validUntilNanos, lastRenewalNanos, true, dutiesStopped, loss);
    }

    Reign withDutiesStopped() {
        return new Reign(tenure, masterVersion, validUntilNanos, lastRenewalNanos, revoked, true, loss);
    }

    long nextRenewalNanos() {
        return lastRenewalNanos + Guard.renewalIntervalNanos(tenure.guard());
    }

    boolean isClaim(String claimId) {
        return tenure.claimId().equals(claimId);
    }

    /**
     * Returns what this observation shows of the place being lost. An observation older than the claim shows
     * nothing: its master version is lower, and it had this registration and this latch place already.
     */
    Optional<Loss> lossIn(Observation seen, Incarnation self, Instant now) {
        if (seen.roster().filter(entry -> entry.bars(now)).isPresent()) {
            return lost(Cause.EVICTED, "evicted");
        }
        if (seen.master().version() > masterVersion) {
            return Optional.of(lossByRecord(seen));
        }
        if (!seen.holds(self)) {
            return lost(Cause.STEP_DOWN, "its registration is gone");
        }
        if (!seen.latch().map(Observation.LatchPlace::path).equals(
                Optional.of(tenure.latchPath()))) {
            return lost(Cause.STEP_DOWN, "its place in the latch is gone");
        }
        return Optional.empty();
    }

    private Loss lossByRecord(Observation seen) {
        Optional<Ending> ending = seen.master().tenure()
                .filter(recorded -> isClaim(recorded.claimId()))
                .flatMap(Tenure::ending);
        return ending
                .map(found -> new Loss(found.cause(), "its tenure was ended by " + found.actor(), false))
                .orElseGet(() -> new Loss(Cause.STEP_DOWN, "epoch " + seen.master().epoch() + " was claimed", false));
    }

    private static Optional<Loss> lost(Cause cause, String reason) {
        return Optional.of(new Loss(cause, reason, false));
    }
}
