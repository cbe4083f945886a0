package io.curia.core;

import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import java.time.Instant;
import java.util.Objects;

/**
 * A member was found dead. Bound to the registration that the evidence is about, so that it cannot hit a later one.
 *
 * @param id the member
 * @param incarnation its registration
 * @param proven whether it is certain that nothing of it acts any more; if not, its successor waits out its guard
 * @param beyondDoubt whether that is proven by what only the system of the dead can have done: it closed the process's
 *     connections and refuses new ones. What a network between might have said in its stead is not
 * @param evidence what was found, for the record
 * @param foundNanos when, by this node's monotonic clock: evidence ages from here, however late it is heard of
 * @param at when its lifeline closed, or whatever else was the first sign of it, by the finder's wall clock
 */
public record Obituary(NodeId id, Incarnation incarnation, boolean proven, boolean beyondDoubt, String evidence,
        long foundNanos, Instant at) {

    public Obituary {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(evidence, "evidence");
        Objects.requireNonNull(at, "at");
    }
}
