package io.curia.proof;

import java.util.Locale;

/** What can be done to a cluster of {@code node run}. */
enum RunFault {
    /** {@code kill -9} of the node that is master. */
    KILL_NODE(30),
    /** {@code kill -9} of the command's first process: it is started again, under the same epoch. */
    KILL_COMMAND(10),
    /** {@code kill -9} of the keeper. */
    KILL_KEEPER(12),
    /** SIGSTOP of the node until the command runs elsewhere. */
    FREEZE_NODE(10),
    /** SIGSTOP of the node for a part of its guard. */
    FREEZE_NODE_BRIEFLY(6),
    /** SIGSTOP of the keeper: its node ends it. */
    FREEZE_KEEPER(5),
    /** SIGSTOP of the command, and {@code kill -9} of its node. */
    FREEZE_COMMAND_AND_KILL_NODE(5),
    /** SIGSTOP of the keeper, and {@code kill -9} of its node at once: nobody is left to end the command in order. */
    FREEZE_KEEPER_AND_KILL_NODE(5),
    /** The node cannot reach ZooKeeper until the command runs elsewhere. */
    CUT_OFF(8),
    /** An operator evicts the node, and lets it in again. */
    EVICT(8),
    /** An operator hands mastership over. */
    SWITCHOVER(10),
    /** SIGTERM to the node. */
    STOP_NODE(8);

    /** How often it is chosen, beside the others. */
    final int weight;

    RunFault(int weight) {
        this.weight = weight;
    }

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
