package io.curia.zookeeper;

import java.util.concurrent.TimeUnit;

/**
 * Waits for a latch to get its place: {@code LeaderLatch} does not say when it has, so it is looked at, the longer it
 * takes the more rarely. For the thread that it runs on.
 */
final class PlaceWait {

    private static final long FIRST_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LAST_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long CHECKS_PER_WAIT = 3;

    private final SerialThread thread;
    private final ZkLatch latch;
    private final Runnable whenOver;
    private boolean waiting;

    /** {@code whenOver} is run once the latch has a place, or none is to be had. */
    PlaceWait(SerialThread thread, ZkLatch latch, Runnable whenOver) {
        this.thread = thread;
        this.latch = latch;
        this.whenOver = whenOver;
    }

    /** Begins to wait, unless it already does. */
    void begin() {
        if (!waiting) {
            waiting = true;
            goOn(System.nanoTime(), FIRST_CHECK_NANOS);
        }
    }

    private void goOn(long sinceNanos, long nanos) {
        thread.schedule(() -> {
            waiting = !latch.path().isPresent() && latch.isWaiting();
            if (waiting) {
                goOn(sinceNanos, Math.min(LAST_CHECK_NANOS,
                        Math.max(FIRST_CHECK_NANOS, (System.nanoTime() - sinceNanos) / CHECKS_PER_WAIT)));
            } else {
                whenOver.run();
            }
        }, nanos);
    }
}
