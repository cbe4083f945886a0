package io.curia.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** This machine's clocks. */
final class SystemTime implements Time {

    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void pause(Duration howLong) throws InterruptedException {
        if (never.await(howLong.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("a latch that nobody counts down was counted down");
        }
    }
}
