package io.curia.wire;

/**
 * How long one connection is waited for, and for what. All times are {@link System#nanoTime()}, all waits are in
 * nanoseconds from {@code now}: not above zero when the patience is at its end, {@link #FOREVER} when there is nothing
 * to wait for.
 */
final class Patience {

    static final long FOREVER = Long.MAX_VALUE;

    private final ServerLimits limits;
    private final long connectedNanos;
    private boolean asked;
    private boolean kept;
    private long lineSinceNanos;
    private long activeNanos;
    private long unwritableSinceNanos;

    Patience(ServerLimits limits, long now) {
        this.limits = limits;
        connectedNanos = now;
        lineSinceNanos = now;
        activeNanos = now;
    }

    /** A line begins, or may go on after the node itself had stopped listening. */
    void lineBegins(long now) {
        lineSinceNanos = now;
    }

    void asked(long now) {
        asked = true;
        activeNanos = now;
    }

    void answered(long now) {
        activeNanos = now;
    }

    void unwritable(long now) {
        unwritableSinceNanos = now;
    }

    void keep() {
        kept = true;
    }

    /** Returns how long the client may take until its next line is complete. */
    long forLine(boolean lineBegun, boolean answersOwed, long now) {
        long wait = asked ? FOREVER : connectedNanos + limits.firstRequest().toNanos() - now;
        if (lineBegun) {
            return Math.min(wait, lineSinceNanos + limits.line().toNanos() - now);
        }
        boolean idle = asked && !answersOwed && !kept;
        return idle ? activeNanos + limits.idle().toNanos() - now : wait;
    }

    /** Returns how long the client may go on not reading. */
    long forReading(boolean writable, long now) {
        return writable ? FOREVER : unwritableSinceNanos + limits.write().toNanos() - now;
    }
}
