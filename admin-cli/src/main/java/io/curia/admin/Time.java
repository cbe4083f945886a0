package io.curia.admin;

import java.time.Duration;
import java.time.Instant;

/** The clocks a command reads and the only way in which it waits, so that tests own both. */
interface Time {

    /** Returns the wall clock's time: for what people read, never for deadlines. */
    Instant now();

    /** Returns the monotonic clock's time, in nanoseconds. */
    long nanos();

    /** Returns after {@code howLong}, or throws as soon as this thread is interrupted. */
    void pause(Duration howLong) throws InterruptedException;
}
