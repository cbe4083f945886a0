package io.curia.metrics;

import io.curia.runtime.NodeState;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * For how long, in all, a node saw no master. While it is cut off from ZooKeeper it sees nothing, and that is not
 * counted: what it does not know may well be a master.
 */
final class Vacancy {

    private final LongSupplier nanos;
    private long pastNanos;
    private long sinceNanos;
    private boolean vacant;

    Vacancy(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The node believes this from now on. */
    synchronized void see(NodeState state) {
        boolean now = state.connected() && state.currentMaster().isEmpty();
        if (vacant && !now) {
            pastNanos += nanos.getAsLong() - sinceNanos;
        } else if (now && !vacant) {
            sinceNanos = nanos.getAsLong();
        }
        vacant = now;
    }

    /** Returns the seconds so far; they never go down. */
    synchronized double seconds() {
        long total = pastNanos + (vacant ? nanos.getAsLong() - sinceNanos : 0);
        return (double) total / TimeUnit.SECONDS.toNanos(1);
    }
}
