package io.curia.core;

import io.curia.core.Verification.Verdict;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether this node may accuse others, by what it knows of itself. One that has lost ZooKeeper, its own port, or its
 * network sees others die all around it.
 *
 * @param member whether it is registered itself
 * @param connected whether it can talk to ZooKeeper
 * @param listening whether its own port is open
 * @param soundSinceNanos since when all three have been so
 * @param othersInDoubt how many other lifelines were cut of late and it was not found out why
 */
public record Fitness(boolean member, boolean connected, boolean listening, long soundSinceNanos,
        int othersInDoubt) {

    /** How long a lifeline that was cut says something about this node's own network. */
    public static final Duration OF_LATE = Duration.ofSeconds(1);

    /**
     * Returns why this node must not act on the evidence, for a person; empty if it may.
     *
     * @param nowNanos when it would act, which may be some turns after the verdict
     */
    public Optional<String> objection(Verification evidence, long nowNanos) {
        if (!member) {
            return Optional.of("it is no member itself");
        }
        if (!connected) {
            return Optional.of("it has no connection to ZooKeeper");
        }
        if (!listening) {
            return Optional.of("its own port is closed");
        }
        if (soundSinceNanos - evidence.freshNanos() > 0) {
            return Optional.of("it lost ZooKeeper, its registration or its port while it looked");
        }
        if (nowNanos - evidence.latestNanos() >= Verification.STANDSTILL.toNanos()) {
            return Optional.of("it stood still since it looked");
        }
        boolean doubtful = evidence.verdict().equals(Optional.of(Verdict.GONE)) && !evidence.isSeconded();
        return doubtful && othersInDoubt > 0
                ? Optional.of("it lost others at the same time: its own network may be gone") : Optional.empty();
    }
}
