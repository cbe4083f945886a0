package io.curia.zookeeper;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One daemon thread that runs what it is given, one after another; a task that fails does not end it. */
final class SerialThread {

    private static final Logger LOG = LoggerFactory.getLogger(SerialThread.class);

    private final String name;
    private final ScheduledThreadPoolExecutor executor;

    SerialThread(String name) {
        this.name = name;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread created = new Thread(task, name);
            created.setDaemon(true);
            return created;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs {@code task} soon; returns false if this is closed. */
    boolean post(Runnable task) {
        return schedule(task, 0);
    }

    /** Runs {@code task} after this time; returns false if this is closed. */
    boolean schedule(Runnable task, long nanos) {
        try {
            executor.schedule(() -> run(task), nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: the answer says so.
            return false;
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("{}: a task failed", name, e);
        }
    }

    /** Lets the task under way finish and drops all others. Does not wait. */
    void close() {
        executor.shutdown();
    }
}
