package io.curia.singleton;

import io.curia.singleton.Lease.Order;
import io.curia.singleton.ReapingPlan.Origin;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One run of the command, as its keeper sees it. Used by the keeper's thread. */
final class Run {

    /** Why a run came to its end. */
    enum Why {
        /** The command ended by itself. */
        EXIT(""),
        /** The node said so. */
        ASKED(", as it was told"),
        /** Mastership was about to end, by the clock. */
        LEASE(", because mastership was about to run out");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        /** Returns what is added to the sentence that says that it ended. */
        String words() {
            return words;
        }
    }

    private final long epoch;
    private final Process process;
    private final Origin origin;
    private Lease lease;
    private Why why;
    private OptionalLong killAt = OptionalLong.empty();
    private OptionalInt code = OptionalInt.empty();
    private boolean told;

    Run(long epoch, Process process, Origin origin, Lease lease) {
        this.epoch = epoch;
        this.process = process;
        this.origin = origin;
        this.lease = lease;
    }

    long epoch() {
        return epoch;
    }

    Process process() {
        return process;
    }

    Origin origin() {
        return origin;
    }

    void extend(long validUntilNanos) {
        // A lease that overtakes another does not shorten it: what was confirmed once stays confirmed.
        if (validUntilNanos - lease.validUntilNanos() > 0) {
            lease = lease.until(validUntilNanos);
        }
    }

    /** It is to end, after at most this grace from now; an end that comes sooner stands. */
    void end(Why because, long nowNanos, long graceNanos) {
        why = why == null ? because : why;
        long at = nowNanos + graceNanos;
        if (killAt.isEmpty() || at - killAt.getAsLong() < 0) {
            killAt = OptionalLong.of(at);
        }
    }

    void exited(int with, long nowNanos) {
        code = OptionalInt.of(with);
        // What it has left behind is given the same time to end as the command itself.
        end(Why.EXIT, nowNanos, lease.graceNanos());
    }

    /** Returns what is to be done with it now. */
    Order order(long nowNanos) {
        Order leased = lease.order(nowNanos);
        if (leased != Order.RUN) {
            end(Why.LEASE, nowNanos, lease.graceNanos());
        }
        boolean over = killAt.isPresent() && nowNanos - killAt.getAsLong() >= 0;
        return leased == Order.KILL || over ? Order.KILL : killAt.isPresent() ? Order.TERM : Order.RUN;
    }

    /** Returns when somebody else is to end it, if its keeper should not: half of the margin after that had to. */
    long sentinelAt() {
        return lease.validUntilNanos() - lease.marginNanos() / 2;
    }

    /** Returns when the next order follows, if nothing happens before. */
    long nextAt(long nowNanos) {
        long leased = lease.order(nowNanos) == Order.RUN && killAt.isPresent() ? lease.killAt()
                : lease.nextAt(nowNanos);
        return killAt.isPresent() && killAt.getAsLong() - leased < 0 ? killAt.getAsLong() : leased;
    }

    /** Returns whether SIGTERM is still to be sent, and counts it as sent. */
    boolean mustBeTold() {
        boolean first = !told;
        told = true;
        return first;
    }

    boolean hasExited() {
        return code.isPresent();
    }

    /** Returns the line that reports its end: epoch, exit code, why. */
    Object[] obituary() {
        return new Object[] {"gone", epoch, code.orElseThrow(), why};
    }
}
