package io.curia.admin;

import java.io.PrintStream;

/** Makes arrangements for a thread that has something to put right before the process may end. */
@FunctionalInterface
interface Interruptions {

    /** Something that has to end before the program may. */
    @FunctionalInterface
    interface Interruption extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Has {@code thread} interrupted when the process is told to end, which waits until this is closed; {@code err}
     * hears what goes wrong then.
     */
    Interruption of(Thread thread, PrintStream err);
}
