package io.curia.proof;

import static io.curia.model.Cause.CRASH;
import static io.curia.model.Cause.LEFT;
import static io.curia.model.Cause.SESSION_EXPIRED;
import static io.curia.model.Cause.STEP_DOWN;

import io.curia.model.Cause;
import java.util.Set;

/** What can be done to a cluster, how often, and how many changes of master that explains, of which causes. */
enum FaultKind {
    /** {@code kill -9} of the master; its session has to expire if nobody had come to watch it yet. */
    KILL_MASTER(30, 1, 1, CRASH, SESSION_EXPIRED),
    /** The same, and the same node started again at once, which may be the one that ends the old session. */
    KILL_AND_RESTART_MASTER(9, 1, 1, CRASH, SESSION_EXPIRED),
    /** {@code kill -9} of the master and of the first in the queue, in the same moment. */
    KILL_MASTER_AND_NEXT(6, 1, 2, CRASH, SESSION_EXPIRED),
    /** {@code kill -9} of somebody who is not master. */
    KILL_STANDBY(8, 0, 0),
    /** SIGTERM to the master. */
    STOP_MASTER(8, 1, 1, LEFT),
    /** SIGTERM to somebody else. */
    STOP_STANDBY(3, 0, 0),
    /** SIGSTOP for less than half of the guard. */
    FREEZE_BRIEFLY(5, 0, 0),
    /** SIGSTOP for about as long as the guard and the session last. */
    FREEZE_AROUND_SESSION(3, 0, 1, STEP_DOWN, SESSION_EXPIRED),
    /** SIGSTOP until another is master, and SIGCONT right then. */
    FREEZE_UNTIL_SUCCEEDED(6, 1, 1, SESSION_EXPIRED),
    /** SIGSTOP, then {@code kill -9}. */
    FREEZE_AND_KILL(3, 1, 1, CRASH, SESSION_EXPIRED),
    /** The master cannot reach ZooKeeper until another is master. */
    CUT_OFF(3, 1, 1, SESSION_EXPIRED),
    /** The master's connection to ZooKeeper is reset; it may connect again. */
    BLIP(5, 0, 0),
    /** A ZooKeeper server is killed and started again; it may be the one that leads the others. */
    RESTART_SERVER(3, 0, 1, STEP_DOWN, SESSION_EXPIRED),
    /** The lifelines to a live master are reset; whoever looks finds it alive. */
    RESET_LIFELINES(5, 0, 0),
    /** The same, and for a while something in the network refuses connections in a live master's name. */
    REFUSE_PROBES(5, 1, 1, CRASH),
    /** A live master is removed as proven dead. */
    SLANDER_PROVEN(5, 1, 1, CRASH),
    /** A live master is removed as gone, not proven. */
    SLANDER_UNPROVEN(5, 1, 1, CRASH),
    /** A live standby is removed as proven dead. */
    SLANDER_STANDBY(2, 0, 0),
    /** A frozen master is removed as gone, not proven, and runs again around the end of its guard. */
    FREEZE_AND_SLANDER(4, 1, 1, CRASH),
    /** The master's cable is pulled until another is master; only where nodes have networks of their own. */
    PULL_CABLE(0, 1, 1, SESSION_EXPIRED, CRASH),
    /** The master's cable is pulled and put back at once; only where nodes have networks of their own. */
    LOOSE_CABLE(0, 0, 0);

    /** How often it is chosen, beside the others. */
    final int weight;
    /** How many changes of master must follow. */
    final int least;
    /** How many changes of master it explains. */
    final int most;
    /** What the record may say of why the epoch before ended. */
    final Set<Cause> causes;

    FaultKind(int weight, int least, int most, Cause... causes) {
        this.weight = weight;
        this.least = least;
        this.most = most;
        this.causes = Set.of(causes);
    }

    /** Returns what a table calls it. */
    String words() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
