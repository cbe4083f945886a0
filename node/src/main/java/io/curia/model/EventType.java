package io.curia.model;

import java.util.Objects;

/** What an entry of the cluster's history is about. */
public enum EventType {
    /** A node registered. */
    JOINED(Ring.MEMBERS),
    /** A member left in order. */
    LEFT(Ring.MEMBERS),
    /** A member's process was seen dead. */
    CRASHED(Ring.MEMBERS),
    /** A member's session ended without a word. */
    EXPIRED(Ring.MEMBERS),
    /** A node was put out. */
    EVICTED(Ring.MEMBERS),
    /** A node that was out was let back in. */
    READMITTED(Ring.MEMBERS),
    /** A mastership began. */
    MASTER_ELECTED(Ring.MASTERS),
    /** A mastership ended. */
    MASTER_LOST(Ring.MASTERS),
    /** Somebody asked for another master. */
    SWITCHOVER(Ring.MASTERS),
    /** Changes of master were suspended. */
    PAUSED(Ring.MASTERS),
    /** They are no longer suspended. */
    RESUMED(Ring.MASTERS),
    /** Somebody was not let in. */
    JOIN_REFUSED(Ring.STRANGERS),
    /** Something that only a later version has a word for, or a record that cannot be read. */
    OTHER(Ring.MEMBERS);

    private final Ring ring;

    EventType(Ring ring) {
        this.ring = Objects.requireNonNull(ring, "ring");
    }

    /** Returns which events this kind competes with for being remembered. */
    public Ring ring() {
        return ring;
    }

    /**
     * The events of one ring push the oldest of the same ring out, so that a thousand joins leave the masters
     * remembered, and whatever strangers do leaves everything else remembered.
     */
    public enum Ring {
        MASTERS(1_000),
        MEMBERS(1_000),
        STRANGERS(100);

        private final int capacity;

        Ring(int capacity) {
            this.capacity = capacity;
        }

        /** Returns how many events are kept. */
        public int capacity() {
            return capacity;
        }
    }
}
