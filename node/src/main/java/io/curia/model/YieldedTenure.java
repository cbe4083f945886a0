package io.curia.model;

import java.util.Objects;
import java.util.Optional;

/**
 * A master's word that its tenure is over: it calls itself master no more, everything that it did as master has
 * stopped, and it will not claim on this tenure again. Whoever is next in the queue may take over.
 *
 * @param epoch of the tenure
 * @param claimId of the tenure, which only whoever can read the records knows
 * @param cause why it ended
 * @param reason why, for people; no more is kept than of any {@link Happening}
 * @param switchover the id of the switchover that it ended for; empty if for none
 */
public record YieldedTenure(Epoch epoch, String claimId, Cause cause, String reason, Optional<String> switchover) {

    public YieldedTenure {
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(claimId, "claimId");
        Objects.requireNonNull(cause, "cause");
        reason = reason.length() <= Happening.MAX_REASON_CHARS ? reason
                : reason.substring(0, Happening.MAX_REASON_CHARS);
        Objects.requireNonNull(switchover, "switchover");
    }

    /** Returns whether this is said of {@code tenure}, by its holder. */
    public boolean isOf(Tenure tenure) {
        return tenure.epoch().equals(epoch) && tenure.claimId().equals(claimId);
    }
}
