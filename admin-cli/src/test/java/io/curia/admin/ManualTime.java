package io.curia.admin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;

/** Clocks that stand still until somebody pauses; what is to happen during the pauses can be laid in. */
final class ManualTime extends Clock implements Time {

    private final Deque<Runnable> duringPauses = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private long nanos;

    /** Lets {@code event} happen during the next pause for which nothing is laid in yet. */
    ManualTime then(Runnable event) {
        duringPauses.add(event);
        return this;
    }

    /** Interrupts the thread that pauses next, once everything laid in has happened. */
    ManualTime thenInterrupt() {
        return then(() -> Thread.currentThread().interrupt());
    }

    void advance(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void pause(Duration howLong) throws InterruptedException {
        advance(howLong);
        if (!duringPauses.isEmpty()) {
            duringPauses.remove().run();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted by the test");
        }
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
