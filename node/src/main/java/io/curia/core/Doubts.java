package io.curia.core;

import io.curia.model.NodeId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Candidates whose lifelines were cut a moment ago: probably dead. Their systems tell of that long before ZooKeeper
 * does. A master hands over to nobody whom it doubts, and makes no room for it; nothing else follows from a doubt,
 * because a network can cut lifelines too. Who lives is trusted again after a moment.
 */
final class Doubts {

    /** About as long as evidence of a death counts; a member that lost its connection has it back sooner. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    /** Whoever can reach the port can give any name and hang up; beyond this, nobody more is doubted. */
    static final int MOST = 256;

    private final Attempts attempts;
    private final Map<NodeId, Long> untilNanos = new HashMap<>();

    Doubts(Attempts attempts) {
        this.attempts = attempts;
    }

    void onHungUp(NodeId id, long nowNanos) {
        untilNanos.values().removeIf(until -> until - nowNanos <= 0);
        if (untilNanos.size() < MOST) {
            untilNanos.put(id, nowNanos + MOMENT.toNanos());
        }
    }

    /** Returns whether it is doubted; if so, the decision is to be made again when that is over. */
    boolean isDoubted(NodeId id) {
        return untilNanos.containsKey(id) && !attempts.reached(untilNanos.get(id));
    }
}
