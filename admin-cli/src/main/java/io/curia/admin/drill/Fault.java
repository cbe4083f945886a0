package io.curia.admin.drill;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a drill does to the master. */
public enum Fault {
    /** SIGKILL; started again once there is a successor. */
    KILL("killed"),
    /** SIGSTOP; SIGCONT once there is a successor. */
    FREEZE("frozen"),
    /** SIGKILL, and started again at once. */
    RESTART("killed and restarted"),
    /** SIGTERM; started again once there is a successor. */
    STOP("stopped");

    private final String done;

    Fault(String done) {
        this.done = done;
    }

    /** Returns the name by which the command line asks for it. */
    public String verb() {
        return name().toLowerCase(Locale.ROOT) + "-master";
    }

    /** Returns what has been done to the master, as a participle. */
    public String done() {
        return done;
    }

    /** Returns whether it leaves the process there, to be resumed; else it has to be started again. */
    public boolean keepsProcess() {
        return this == FREEZE;
    }

    /** Returns whether the victim is put right before there is a successor. */
    public boolean isRightedAtOnce() {
        return this == RESTART;
    }

    /** Returns the fault with this verb. */
    public static Optional<Fault> of(String verb) {
        return Arrays.stream(values()).filter(fault -> fault.verb().equalsIgnoreCase(verb)).findFirst();
    }
}
