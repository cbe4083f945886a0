package io.curia.runtime;

import io.curia.model.Epoch;
import io.curia.model.Tenure;
import io.curia.store.FencedWrite;
import io.curia.store.Outcome;
import io.curia.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * One mastership, from its claim to its end. Safe for use by any thread.
 *
 * <p>{@link #isValid()} compares with the monotonic clock and nothing else, so that a process that was frozen or cut
 * off is told the truth by the first instruction it runs again. It orders nothing by itself: between the question
 * and the deed time may pass. Deeds that must never overlap carry {@link #epoch()} to a place that refuses lower
 * ones, or are {@link #fenced} writes, which ZooKeeper refuses once the epoch is over.
 */
public final class Mastership {

    /** Commits writes under the condition that the master record still has a version. */
    interface Fence {
        CompletionStage<Outcome> write(int masterVersion, List<FencedWrite> writes);
    }

    private final Tenure tenure;
    private final String clusterUuid;
    private final int masterVersion;
    private final Fence fence;
    private final LongSupplier nanoClock;
    private volatile long validUntilNanos;
    private volatile boolean revoked;

    Mastership(Tenure tenure, String clusterUuid, int masterVersion, long validUntilNanos, Fence fence,
            LongSupplier nanoClock) {
        this.tenure = tenure;
        this.clusterUuid = clusterUuid;
        this.masterVersion = masterVersion;
        this.validUntilNanos = validUntilNanos;
        this.fence = fence;
        this.nanoClock = nanoClock;
    }

    /** Returns this mastership's number: the fencing token, meaningful together with {@link #clusterUuid()}. */
    public Epoch epoch() {
        return tenure.epoch();
    }

    /** Returns which cluster this is a mastership of; epochs of another one are not comparable. */
    public String clusterUuid() {
        return clusterUuid;
    }

    /** Returns the mastership as it is recorded in ZooKeeper. */
    public Tenure tenure() {
        return tenure;
    }

    /**
     * Returns whether nobody else can be master now, by the clock: the last renewal that a quorum confirmed was sent
     * less than the guard ago, and the mastership was not given up. Once false after a revocation it stays false.
     */
    public boolean isValid() {
        return !revoked && validUntilNanos - nanoClock.getAsLong() > 0;
    }

    /** Returns for how long it stays valid if no further renewal is confirmed; zero if it is not valid. */
    public Duration remaining() {
        long nanos = revoked ? 0 : validUntilNanos - nanoClock.getAsLong();
        return Duration.ofNanos(Math.max(0, nanos));
    }

    /** Returns normally if the mastership is valid, or throws {@link StoreException} of kind FENCED. */
    public void requireValid() {
        if (!isValid()) {
            throw new StoreException(StoreException.Kind.FENCED, "mastership of epoch " + epoch() + " is over");
        }
    }

    /**
     * Commits the writes together, if this epoch is still the current one when ZooKeeper orders them.
     *
     * @return completes when committed; fails with {@link StoreException} of kind FENCED if the epoch is over,
     *     CONFLICT if another condition of the writes did not hold, UNKNOWN_RESULT if the answer was lost. Completes on
     *     a thread of the client's, which must not be held up.
     */
    public CompletableFuture<Void> fenced(List<FencedWrite> writes) {
        return fence.write(masterVersion, writes).thenAccept(this::successOrThrow).toCompletableFuture();
    }

    private void successOrThrow(Outcome outcome) {
        if (outcome.kind() == Outcome.Kind.FENCED) {
            // Versions do not come back: the record has moved on for good, whatever the node has seen of it so far.
            revoke();
        }
        StoreException.Kind kind = switch (outcome.kind()) {
            case DONE -> null;
            case CONFLICT -> StoreException.Kind.CONFLICT;
            case FENCED -> StoreException.Kind.FENCED;
            case DENIED -> StoreException.Kind.DENIED;
            case UNKNOWN -> StoreException.Kind.UNKNOWN_RESULT;
        };
        if (kind != null) {
            throw new StoreException(kind, "epoch " + epoch() + ": " + outcome.detail());
        }
    }

    int masterVersion() {
        return masterVersion;
    }

    void extend(long untilNanos) {
        validUntilNanos = untilNanos;
    }

    void revoke() {
        revoked = true;
    }

    @Override
    public String toString() {
        return "Mastership[epoch=" + epoch() + ", valid=" + isValid() + "]";
    }
}
