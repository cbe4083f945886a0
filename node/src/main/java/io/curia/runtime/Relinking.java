package io.curia.runtime;

import io.curia.model.MemberKind;
import io.curia.model.Role;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How soon a node that has seen a change looks to whom it is to hold lifelines now. The first few in the queue do at
 * once, or nearly: one of them acts on a master's death. Whoever has many before it has as much time as they take, and
 * so a crowd that joins, or has just lost its master, does not open all its lines in the same moment. From any thread.
 */
final class Relinking {

    /** What follows from a change of master is not urgent; the change itself may be, to a node on the same host. */
    static final long AFTERWARDS_MILLIS = 25;
    private static final int FIRST_FEW = 8;
    private static final long LEAST_LATER_MILLIS = 1_000;
    private static final long MOST_LATER_MILLIS = 10_000;

    private final WatchThread thread;
    private final Runnable relink;
    private final AtomicBoolean soon = new AtomicBoolean();
    /** Apart: whoever comes to the front of the queue does not wait for what it was to do further back. */
    private final AtomicBoolean later = new AtomicBoolean();

    /** {@code relink} is run on {@code thread}. */
    Relinking(WatchThread thread, Runnable relink) {
        this.thread = thread;
        this.relink = relink;
    }

    /** Something has changed for a node in this state. */
    void after(NodeState now) {
        long delayMillis = delayMillis(now);
        AtomicBoolean pending = delayMillis > AFTERWARDS_MILLIS ? later : soon;
        if (pending.compareAndSet(false, true)) {
            thread.run(() -> {
                pending.set(false);
                relink.run();
            }, delayMillis);
        }
    }

    /** Returns how long a node in this state waits. Where it queues a standby learns a moment after it is one. */
    static long delayMillis(NodeState now) {
        int before = now.ahead().orElse(FIRST_FEW + 1);
        boolean first = now.role() != Role.STANDBY || now.kind() != MemberKind.CANDIDATE || before <= FIRST_FEW;
        return first ? AFTERWARDS_MILLIS : Math.max(LEAST_LATER_MILLIS,
                Math.min(MOST_LATER_MILLIS, before * AFTERWARDS_MILLIS));
    }
}
