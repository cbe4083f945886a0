package io.curia.admin;

import io.curia.admin.drill.Processes;
import io.curia.admin.drill.SystemProcesses;
import io.curia.admin.drill.Watching;
import io.curia.admin.drill.Witnesses;
import java.io.PrintStream;

/**
 * What a drill touches of the world beyond what every command does.
 *
 * @param processes this host's processes
 * @param watching who watches
 * @param interruptions turns Ctrl-C into an interrupt of the thread given, until closed
 */
record DrillGear(Processes processes, Watching.Start watching, Interruptions interruptions) {

    /** Something that has to end before the program may. */
    @FunctionalInterface
    interface Interruption extends AutoCloseable {
        @Override
        void close();
    }

    /** Makes {@link Interruption}s. */
    @FunctionalInterface
    interface Interruptions {
        /** Has {@code thread} interrupted when the process is told to end; {@code err} hears what goes wrong then. */
        Interruption of(Thread thread, PrintStream err);
    }

    /** Returns the gear of the program. */
    static DrillGear real() {
        return new DrillGear(new SystemProcesses(), Witnesses::start, LastActs::of);
    }
}
