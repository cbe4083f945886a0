package io.curia.wire;

import io.netty.channel.EventLoop;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs a task once a moment has passed that moves often. Moving it later costs nothing: the timer that is already
 * set finds out when it fires. Used on its event loop only.
 */
final class Alarm {

    private final EventLoop loop;
    private final Runnable task;
    private boolean set;
    private long atNanos;
    private long firesNanos;
    private ScheduledFuture<?> timer;

    Alarm(EventLoop loop, Runnable task) {
        this.loop = loop;
        this.task = task;
    }

    /** Makes the task run when {@code nanos} has passed on the clock of {@link System#nanoTime()}, and only then. */
    void setTo(long nanos) {
        set = true;
        atNanos = nanos;
        if (timer != null && firesNanos - nanos > 0) {
            cancelTimer();
        }
        if (timer == null) {
            start();
        }
    }

    /** The task will not run. */
    void clear() {
        set = false;
    }

    /** The task will never run again. */
    void cancel() {
        clear();
        cancelTimer();
    }

    private void start() {
        firesNanos = atNanos;
        timer = loop.schedule(this::fire, Math.max(0, atNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private void fire() {
        timer = null;
        if (!set) {
            return;
        }
        if (atNanos - System.nanoTime() > 0) {
            start();
            return;
        }
        set = false;
        task.run();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
