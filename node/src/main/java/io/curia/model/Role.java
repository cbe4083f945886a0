package io.curia.model;

/** What a node is in, as it believes itself. The transition table is in the Javadoc of the state machine. */
public enum Role {
    /** No session with ZooKeeper was ever established. */
    DETACHED,
    /** In a session, not registered: asking to be admitted, or registering. */
    JOINING,
    /** Registered; not master. */
    STANDBY,
    /** Leading in the latch; the epoch is not claimed yet. */
    ELECTED,
    /** Holder of the current epoch. */
    MASTER,
    /** Was master; its duties are being stopped before the place is given up. */
    YIELDING,
    /** Leaving in order. */
    LEAVING,
    /** Kept out by an operator; about to stop. */
    EVICTED,
    /** Ended. */
    STOPPED
}
