package io.curia.bench;

import java.time.Duration;

/** The one place where the benchmark waits for time to pass: time is what it measures. */
final class Pause {

    /** Between two looks at what others have noted with their own time stamps. */
    static final Duration A_LOOK = Duration.ofMillis(5);
    /** For connections to be made and threads to get going before anything is measured. */
    static final Duration A_MOMENT = Duration.ofMillis(100);
    private Pause() {
    }

    static void of(Duration length) throws InterruptedException {
        Thread.sleep(length.toMillis());
    }

    /** Returns at that moment of the monotonic clock; at once if it has passed. */
    static void until(long nanos) throws InterruptedException {
        of(Duration.ofNanos(Math.max(0, nanos - System.nanoTime())));
    }
}
