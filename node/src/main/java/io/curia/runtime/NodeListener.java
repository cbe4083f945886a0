package io.curia.runtime;

import io.curia.core.Farewell;
import io.curia.model.ClusterView;

/**
 * What an application is told by its node: in order, one call at a time, on a thread of the node's that is used for
 * nothing else. A listener may block it, and then only its own later calls wait; validity never depends on it.
 */
public interface NodeListener {

    /** The node's role, epoch or incarnation is another now. */
    default void onState(NodeState state) {
    }

    /**
     * This node is master. Start the duties and return; do not run them on this thread, because
     * {@link #onMastershipEnding} is called on it.
     *
     * <p>By the time of this call the mastership may be over already: everything done under it asks
     * {@link Mastership#isValid()} first, and passes its epoch along. If this method throws, the node steps down.
     */
    default void onMaster(Mastership mastership) {
    }

    /**
     * The mastership ends: stop the duties, and return only when they have stopped.
     *
     * <p>If planned, the mastership is still valid until this returns (or until the configured grace has run out),
     * and nobody succeeds before. If not, it is invalid already.
     *
     * @param reason one sentence for a person
     */
    default void onMastershipEnding(Mastership mastership, boolean planned, String reason) {
    }

    /** The cluster looks different; views may be skipped when they come quickly, the last one never is. */
    default void onView(ClusterView view) {
    }

    /** The node has ended, and why. The last call. */
    default void onEnded(Farewell farewell) {
    }
}
