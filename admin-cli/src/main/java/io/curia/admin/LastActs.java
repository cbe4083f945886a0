package io.curia.admin;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command put right what it has touched when the process is told to end: its thread is interrupted, and the
 * process waits for it. The exit code stays that of the signal.
 */
final class LastActs implements Interruptions.Interruption {

    /** Longer than any one command, any end of a process that a drill waits for, and any answer of ZooKeeper. */
    private static final long PATIENCE_SECONDS = 120;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private LastActs(Thread thread, PrintStream err) {
        this.hook = new Thread(() -> awaitLastActsOf(thread, err), "last-acts");
    }

    /** Returns the arrangement for {@code thread}, in force until it is closed. */
    static Interruptions.Interruption of(Thread thread, PrintStream err) {
        LastActs acts = new LastActs(thread, err);
        Runtime.getRuntime().addShutdownHook(acts.hook);
        return acts;
    }

    private void awaitLastActsOf(Thread thread, PrintStream err) {
        if (done.getCount() == 0) {
            return;
        }
        thread.interrupt();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                err.println("admin-cli: told to end " + PATIENCE_SECONDS + " s ago, and what was begun is not put "
                        + "right; look with 'admin-cli members'");
            }
        } catch (InterruptedException e) {
            // Nobody interrupts a hook; if somebody does, the process may end.
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the process end. The hook stays registered and does nothing then: it cannot be removed during an exit. */
    @Override
    public void close() {
        done.countDown();
    }
}
