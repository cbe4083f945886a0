package io.curia.runtime;

import java.util.OptionalLong;

/** So many at once, and one more every so often. Safe for several threads. */
final class Ration {

    private final long most;
    private final long refillNanos;
    private long left;
    private long refilledNanos;
    private long withheld;

    Ration(long most, long refillNanos, long nowNanos) {
        this.most = most;
        this.refillNanos = refillNanos;
        this.left = most;
        this.refilledNanos = nowNanos;
    }

    /** Takes one, and returns how many were withheld since the last that was not; empty if there is none. */
    synchronized OptionalLong take(long nowNanos) {
        long refills = (nowNanos - refilledNanos) / refillNanos;
        refilledNanos += refills * refillNanos;
        left = Math.min(most, left + refills);
        if (left == 0) {
            withheld++;
            return OptionalLong.empty();
        }
        left--;
        OptionalLong before = OptionalLong.of(withheld);
        withheld = 0;
        return before;
    }
}
