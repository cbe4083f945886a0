package io.curia.runtime;

import io.curia.model.Cause;
import io.curia.model.RefusalReason;
import java.time.Duration;
import java.util.Optional;

/**
 * Is told what happens in a node, for whoever counts and times it. Each call comes from the thread on which it
 * happened, most of them from the one that decides: it must return at once. What a meter throws is logged and harms
 * nothing else.
 */
public interface NodeMeter {

    /** What became of the link to ZooKeeper. */
    enum Link { CONNECTED, DISCONNECTED, SESSION_LOST }

    /** The node believes this of itself now; told once at the beginning, and after every change. */
    default void onState(NodeState state) {
    }

    /** The node saw a mastership begin, its own or another's, {@code cause} being why the one before it ended. */
    default void onElection(Cause cause) {
    }

    /**
     * This node's mastership is valid now, this long after the node had the first proof that the one before it was
     * over; not told of a mastership whose predecessor was gone before this node looked.
     */
    default void onFailover(Cause cause, Duration vacancy) {
    }

    /** This node's mastership ends; planned: it stays valid until its duties have stopped. */
    default void onMastershipEnding(boolean planned) {
    }

    /** A quorum confirmed this node's mastership, this long after it was asked to. */
    default void onRenewal(Duration roundTrip) {
    }

    /** A renewal failed: refused because the mastership is over, or else its answer was lost. */
    default void onRenewalFailed(boolean refused) {
    }

    /** A round of reads of the node's records was answered by ZooKeeper, this long after it was sent. */
    default void onLook(Duration roundTrip) {
    }

    /** The link to ZooKeeper changed. */
    default void onLink(Link change) {
    }

    /** The thread that decides took this long over one event. */
    default void onTurn(Duration length) {
    }

    /** The thread that decides wanted to go on by itself and did so this much later. */
    default void onLateness(Duration late) {
    }

    /** A program that asked this node to be let in was, or was refused for this reason. */
    default void onJoinAnswered(Optional<RefusalReason> refusal) {
    }
}
