package io.curia.admin.drill;

import java.nio.file.Path;
import java.util.Optional;

/** The processes of this host and its shell; every failure is a {@link DrillException}. */
public interface Processes {

    /** A signal to a process. */
    enum Signal { KILL, TERM, STOP, CONT }

    /** Returns whether this machine calls itself {@code host}, which is what a registration calls the node's. */
    boolean isHere(String host);

    /** Returns the running process with this number; empty if there is none. */
    Optional<LocalProcess> find(long pid);

    /** Returns whether that very process still runs. */
    boolean isRunning(LocalProcess process);

    /** Sends {@code signal} to that very process; returns false if it does not run any more. */
    boolean signal(LocalProcess process, Signal signal);

    /**
     * Starts a process that outlives this program and does not hear this terminal's Ctrl-C; returns its pid.
     *
     * @param output where its output is appended
     */
    long start(LocalProcess.Launch launch, Path output);

    /** Runs {@code line} by {@code sh -c} to its end; a failure of it is a failure of this call. */
    void run(String line);

    /** Returns a new file, readable to this user alone, for the output of a node that is started again. */
    Path outputFileFor(String id);
}
