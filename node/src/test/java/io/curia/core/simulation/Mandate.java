package io.curia.core.simulation;

import io.curia.core.Action;
import io.curia.model.Epoch;

/** What a simulated application holds while its node is master, and for ever after: the handle to a mastership. */
final class Mandate {

    final Epoch epoch;
    final String claimId;
    final int masterVersion;
    /** Whether what it does as master takes its time to stop. */
    final boolean slow;
    long validUntilLocalNanos;
    boolean revoked;
    boolean dutiesRunning = true;
    /** Whether its process was frozen meanwhile: it could not have stopped. */
    boolean disturbed;

    Mandate(Action.BeginMastership begin, boolean slow) {
        this.epoch = begin.tenure().epoch();
        this.claimId = begin.tenure().claimId();
        this.masterVersion = begin.masterVersion();
        this.validUntilLocalNanos = begin.validUntilNanos();
        this.slow = slow;
    }

    boolean isValid(long localNanos) {
        return !revoked && validUntilLocalNanos - localNanos > 0;
    }
}
