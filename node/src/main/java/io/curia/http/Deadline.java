package io.curia.http;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What happens unless something else does in time; one at a time. On its loop's thread only. */
final class Deadline {

    private final EventLoop loop;
    private ScheduledFuture<?> pending;

    Deadline(EventLoop loop) {
        this.loop = loop;
    }

    /** Has {@code otherwise} run after {@code time}, instead of what was to be run before. */
    void in(Duration time, Runnable otherwise) {
        clear();
        pending = loop.schedule(otherwise, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    void clear() {
        if (pending != null) {
            pending.cancel(false);
        }
    }
}
