package io.curia.runtime;

import java.util.Optional;

/** Asked before a node claims mastership: the last word of the application. */
@FunctionalInterface
public interface PromotionCheck {

    /**
     * Returns why this node must not be master now, in one sentence for a person; empty if it may. Called on a thread
     * of its own, once for each promotion; nobody is master meanwhile, so it should be quick. An exception counts as a
     * no, and so does an answer that takes too long; the thread is interrupted then, and when the node ends.
     */
    Optional<String> objection(Promotion promotion) throws Exception;
}
