package io.curia.core;

import java.time.Duration;

/**
 * The clock guard: for how long a confirmed renewal keeps a master valid, and how often it renews.
 *
 * <p>The server expires a session no earlier than its timeout after it last heard from it, and a confirmed renewal
 * was heard after it was sent. So a master that counts three quarters of the timeout from the sending is invalid by
 * its own clock a quarter of the timeout before anybody can succeed it by expiry; that quarter pays for clocks that
 * run at different rates and for work begun just before the end.
 */
public final class Guard {

    private static final long MIN_INTERVAL_NANOS = Duration.ofMillis(50).toNanos();
    private static final long MAX_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int RENEWALS_PER_GUARD = 4;

    private Guard() {
    }

    /** Returns how long a renewal holds, counted from its sending, in a session of this timeout. */
    public static Duration lengthFor(Duration sessionTimeout) {
        return sessionTimeout.multipliedBy(3).dividedBy(4);
    }

    /** Returns how far apart renewals are sent; several may be lost before the guard runs out. */
    static long renewalIntervalNanos(Duration guard) {
        long share = guard.toNanos() / RENEWALS_PER_GUARD;
        return Math.max(MIN_INTERVAL_NANOS, Math.min(MAX_INTERVAL_NANOS, share));
    }
}
