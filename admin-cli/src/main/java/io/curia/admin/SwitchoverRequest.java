package io.curia.admin;

import io.curia.model.Cause;
import io.curia.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an operator asked for.
 *
 * @param target who is to be master; empty: whoever is next in the queue
 * @param cause SWITCHOVER or STEP_DOWN, as it will be recorded
 * @param cooldown how long the old master stays out of the queue
 * @param force whether it is also to happen in a pause, and over the head of a master that does not act
 * @param at when it is to begin; empty: now
 * @param patience how long it may take to begin
 * @param actor who asks
 * @param reason why; may be empty
 * @param ifEpoch the epoch in which alone it shall be done; empty: in any
 */
record SwitchoverRequest(Optional<NodeId> target, Cause cause, Duration cooldown, boolean force, Optional<Instant> at,
        Duration patience, String actor, String reason, OptionalLong ifEpoch) {

    /** Returns the same request, bound to the epoch in which its maker looked and agreed. */
    SwitchoverRequest boundTo(long epoch) {
        return new SwitchoverRequest(target, cause, cooldown, force, at, patience, actor, reason,
                ifEpoch.isPresent() ? ifEpoch : OptionalLong.of(epoch));
    }

    /** Returns what is asked for, in words. */
    String words() {
        return cause == Cause.STEP_DOWN ? "step-down"
                : "switchover" + target.map(id -> " to " + id).orElse("");
    }
}
