package io.curia.singleton;

/**
 * Until when the command may run, and how its end is timed, on the clock that all processes of a machine share.
 *
 * @param validUntilNanos when mastership ends, unless it is extended
 * @param graceNanos how long before the end of everything it is told to end
 * @param marginNanos how long before the end of mastership nothing of it may be left
 */
record Lease(long validUntilNanos, long graceNanos, long marginNanos) {

    /** What is to be done with the command. */
    enum Order { RUN, TERM, KILL }

    Lease until(long validNanos) {
        return new Lease(validNanos, graceNanos, marginNanos);
    }

    long termAt() {
        return killAt() - graceNanos;
    }

    long killAt() {
        return validUntilNanos - marginNanos;
    }

    Order order(long nowNanos) {
        if (nowNanos - killAt() >= 0) {
            return Order.KILL;
        }
        return nowNanos - termAt() >= 0 ? Order.TERM : Order.RUN;
    }

    /** Returns when the next order follows; only meaningful before KILL. */
    long nextAt(long nowNanos) {
        return order(nowNanos) == Order.RUN ? termAt() : killAt();
    }
}
