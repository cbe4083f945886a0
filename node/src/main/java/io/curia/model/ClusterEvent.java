package io.curia.model;

import java.time.Instant;
import java.util.Objects;

/**
 * One entry of the cluster's history, as recorded together with the change that it tells of.
 *
 * @param seq its number: every event has the number after that of the event before it, so that one that is not there
 *     any more is noticed
 * @param zxid the transaction it was recorded in; events of one transaction have the same
 * @param time when it was committed, by the clock of the coordination service: the same for all hosts
 * @param what what happened
 */
public record ClusterEvent(long seq, long zxid, Instant time, Happening what) {

    public ClusterEvent {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(what, "what");
    }

    /** Returns what kind of event it is. */
    public EventType type() {
        return what.type();
    }

    /** Returns whether it is of this kind and about this epoch. */
    public boolean is(EventType type, Epoch epoch) {
        return what.type() == type && what.epoch().filter(epoch::equals).isPresent();
    }
}
