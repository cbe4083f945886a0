package io.curia.zookeeper;

import java.util.concurrent.TimeUnit;

/** How soon to look after something was heard of. For the thread that it looks on. */
final class Pace {

    /** The events of one transaction are told one by one; read after the first, the rest would take a second round. */
    private static final long EVENTS_TOGETHER_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    /** Who leads concerns the next in the queue at once, the rest once the next has claimed: they may share a host. */
    private static final long OTHERS_FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(15);
    private static final long MUCH_LATER_NANOS = 4 * OTHERS_FIRST_NANOS;

    private final SerialThread thread;
    private final Together soon;
    private final Together later;
    /** Wanted in a change of master, perhaps once in a node's life: made now, it is linked by then. */
    private final Runnable lookingLater;

    /** {@code look} is run for what is to be looked at soon, {@code lookLater} for what can wait. */
    Pace(SerialThread thread, Runnable look, Runnable lookLater) {
        this.thread = thread;
        this.soon = new Together(thread, EVENTS_TOGETHER_NANOS, look);
        this.later = new Together(thread, OTHERS_FIRST_NANOS, lookLater);
        this.lookingLater = later::ask;
    }

    /** Has what can wait looked at later, or all of it soon. */
    void ask(boolean canWait) {
        (canWait ? later : soon).ask();
    }

    /** Has what can wait looked at later; from any thread. */
    void askLater() {
        thread.post(lookingLater);
    }

    /** The same, when others are through with what concerns them first; from any thread. */
    void muchLater() {
        thread.schedule(lookingLater, MUCH_LATER_NANOS);
    }
}
