package io.curia.core;

import io.curia.core.Event.Result;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Remembers which actions are under way and when each may be tried again, and collects the deadlines that the
 * decision just made depends on.
 *
 * <p>Without this every observation would repeat every outstanding action; with it a lost action is repeated, but
 * not before its time.
 */
final class Attempts {

    /** After this an action that never came back counts as lost. */
    private static final long LOST_NANOS = Duration.ofSeconds(10).toNanos();
    /** How long a committed write is given to show in an observation. */
    private static final long SETTLE_NANOS = Duration.ofMillis(500).toNanos();
    /** How long {@code LeaderLatch} is given to queue; it may fail without a word, and is replaced then. */
    private static final long QUEUE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long CONFLICT_NANOS = Duration.ofMillis(20).toNanos();
    private static final long UNKNOWN_NANOS = Duration.ofMillis(200).toNanos();

    private final Map<ActionKind, Long> notBefore = new EnumMap<>(ActionKind.class);
    private long nowNanos;
    private OptionalLong wakeAt = OptionalLong.empty();

    /** Begins a decision at this moment; deadlines collected so far are forgotten. */
    void begin(long now) {
        nowNanos = now;
        wakeAt = OptionalLong.empty();
    }

    /** Returns whether the deadline has come; if it has not, the decision is to be made again when it does. */
    boolean reached(long deadlineNanos) {
        if (deadlineNanos - nowNanos <= 0) {
            return true;
        }
        if (wakeAt.isEmpty() || deadlineNanos - wakeAt.getAsLong() < 0) {
            wakeAt = OptionalLong.of(deadlineNanos);
        }
        return false;
    }

    /** Returns the earliest deadline that the last decision found still to come. */
    OptionalLong wakeAt() {
        return wakeAt;
    }

    /** Returns whether an action of this kind may be issued now, and counts it as issued if so. */
    boolean tryNow(ActionKind kind) {
        Long deadline = notBefore.get(kind);
        if (deadline != null && !reached(deadline)) {
            return false;
        }
        notBefore.put(kind, nowNanos + LOST_NANOS);
        return true;
    }

    void completed(ActionKind kind, Result result) {
        long pause = switch (result) {
            case DONE -> kind == ActionKind.ENTER_LATCH ? QUEUE_NANOS : SETTLE_NANOS;
            case CONFLICT -> CONFLICT_NANOS;
            case UNKNOWN, DENIED -> UNKNOWN_NANOS;
        };
        notBefore.put(kind, nowNanos + pause);
    }

    /** What the action was for has been seen: the next one of its kind may follow at once. */
    void settled(ActionKind kind) {
        notBefore.remove(kind);
    }

    /** Nothing that was under way matters any more. */
    void reset() {
        notBefore.clear();
    }
}
