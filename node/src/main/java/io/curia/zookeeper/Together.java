package io.curia.zookeeper;

/** Runs a task once for everything that is asked for within a short time. For the thread that it runs on. */
final class Together {

    private final SerialThread thread;
    private final long nanos;
    private final Runnable task;
    private boolean asked;

    Together(SerialThread thread, long nanos, Runnable task) {
        this.thread = thread;
        this.nanos = nanos;
        this.task = task;
    }

    /** Has the task run when the time is up that began with the first to ask. */
    void ask() {
        if (!asked) {
            asked = true;
            thread.schedule(() -> {
                asked = false;
                task.run();
            }, nanos);
        }
    }
}
