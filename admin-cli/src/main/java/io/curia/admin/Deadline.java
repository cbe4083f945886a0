package io.curia.admin;

import java.time.Duration;

/** The moment on the monotonic clock by which something must be confirmed. */
final class Deadline {

    private final Time time;
    private final Duration allowed;
    private final long startNanos;

    private Deadline(Time time, Duration allowed) {
        this.time = time;
        this.allowed = allowed;
        this.startNanos = time.nanos();
    }

    /** Returns the deadline that passes {@code allowed} after this call. */
    static Deadline after(Duration allowed, Time time) {
        return new Deadline(time, allowed);
    }

    boolean hasPassed() {
        return time.nanos() - startNanos >= allowed.toNanos();
    }

    /** Returns how much time was allowed in all. */
    Duration allowed() {
        return allowed;
    }

    /** Returns after {@code step}, or when the deadline passes if that is sooner. */
    void pause(Duration step) throws InterruptedException {
        Duration left = allowed.minusNanos(time.nanos() - startNanos);
        if (!left.isNegative()) {
            time.pause(left.compareTo(step) < 0 ? left : step);
        }
    }
}
