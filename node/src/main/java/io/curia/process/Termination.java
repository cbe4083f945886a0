package io.curia.process;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/**
 * How the process ends when it is told to: in order, and with an exit code that says so. SIGTERM gives the code of the
 * orderly stop, any other signal the one that shells expect (130 for Ctrl-C).
 */
final class Termination {

    /** The JVM handles a signal on a thread of its own, named like this; nothing else tells which signal it was. */
    private static final String SIGTERM_THREAD = "SIGTERM handler";

    private Termination() {
    }

    /**
     * Arranges that {@code stop} runs once when the process is told to end, and returns a way to take that back, which
     * returns false if it has begun already.
     */
    static Registration onSignal(IntSupplier stop) {
        AtomicBoolean begun = new AtomicBoolean();
        Thread hook = new Thread(() -> {
            if (begun.compareAndSet(false, true)) {
                int code = stop.getAsInt();
                if (isSigterm()) {
                    Runtime.getRuntime().halt(code);
                }
            }
        }, "termination");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> begun.compareAndSet(false, true);
    }

    private static boolean isSigterm() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).anyMatch(SIGTERM_THREAD::equals);
    }

    /** What {@link #onSignal} arranged. */
    @FunctionalInterface
    interface Registration {
        /** Takes it back: returns true if {@code stop} never ran and never will. */
        boolean cancel();
    }
}
