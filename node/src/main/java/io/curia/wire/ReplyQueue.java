package io.curia.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The answers that a connection owes, in the order of its requests, whatever the order in which they become ready.
 * One thread only.
 */
final class ReplyQueue {

    private final Deque<Owed> owed = new ArrayDeque<>();

    /** One answer that is owed. */
    static final class Owed {
        private final long dueNanos;
        private byte[] line;

        private Owed(long dueNanos) {
            this.dueNanos = dueNanos;
        }

        /** Notes the answer and returns true, unless there is one already. */
        boolean fill(byte[] answer) {
            if (line != null) {
                return false;
            }
            line = answer;
            return true;
        }
    }

    Owed owe(long dueNanos) {
        Owed next = new Owed(dueNanos);
        owed.addLast(next);
        return next;
    }

    /** Hands out the answers whose turn has come. */
    void drain(Consumer<byte[]> out) {
        while (!owed.isEmpty() && owed.peekFirst().line != null) {
            out.accept(owed.removeFirst().line);
        }
    }

    int size() {
        return owed.size();
    }

    boolean isEmpty() {
        return owed.isEmpty();
    }

    /** Returns the oldest answer that is owed, which is also the first to be due. */
    Owed oldest() {
        return owed.getFirst();
    }

    /** Returns for how many nanoseconds the oldest answer may still be waited for, for ever if none is owed. */
    long waitForOldest(long now) {
        return owed.isEmpty() ? Patience.FOREVER : owed.getFirst().dueNanos - now;
    }

    void clear() {
        owed.clear();
    }
}
