package io.curia.runtime;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of the watch over other members: a task that fails is logged, one that comes too late is not run. */
final class WatchThread {

    private static final Logger log = LoggerFactory.getLogger(WatchThread.class);

    private final String node;
    private final ScheduledThreadPoolExecutor thread;

    WatchThread(String node, ScheduledThreadPoolExecutor thread) {
        this.node = node;
        this.thread = thread;
    }

    /** Runs it soon. From any thread. */
    void run(Runnable task) {
        run(task, 0);
    }

    /** Runs it after so many milliseconds. From any thread. */
    void run(Runnable task, long delayMillis) {
        run(task, delayMillis, TimeUnit.MILLISECONDS);
    }

    /** Runs it after this time. From any thread. */
    void run(Runnable task, long delay, TimeUnit unit) {
        try {
            thread.schedule(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    log.error("{}: a fault in the watch over other members", node, e);
                }
            }, delay, unit);
        } catch (RejectedExecutionException e) {
            log.debug("{}: ending, nobody is watched any more", node);
        }
    }
}
