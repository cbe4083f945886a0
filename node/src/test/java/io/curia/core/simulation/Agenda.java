package io.curia.core.simulation;

import java.util.PriorityQueue;

/** What happens when: virtual time passes from one entry to the next. Entries of one instant keep their order. */
final class Agenda {

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long now;
    private long sequence;

    static final class Entry implements Comparable<Entry> {
        private final long at;
        private final long order;
        private final Runnable task;
        private boolean cancelled;

        private Entry(long at, long order, Runnable task) {
            this.at = at;
            this.order = order;
            this.task = task;
        }

        void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** Returns the virtual time, in nanoseconds since the beginning. */
    long now() {
        return now;
    }

    Entry at(long time, Runnable task) {
        Entry entry = new Entry(Math.max(time, now), sequence++, task);
        entries.add(entry);
        return entry;
    }

    Entry after(long delayNanos, Runnable task) {
        return at(now + delayNanos, task);
    }

    /** Does the next thing, if it is due by {@code limit}; else lets the time come to {@code limit}. */
    boolean runNext(long limit) {
        Entry next = entries.peek();
        if (next == null || next.at > limit) {
            now = Math.max(now, limit);
            return false;
        }
        entries.remove();
        if (!next.cancelled) {
            now = next.at;
            next.task.run();
        }
        return true;
    }
}
