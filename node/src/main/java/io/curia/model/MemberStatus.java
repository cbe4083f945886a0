package io.curia.model;

/** Whether a node of the roster is there. */
public enum MemberStatus {
    /** Registered in a session that ZooKeeper still holds. */
    LIVE,
    /** Admitted, not registered. */
    DOWN,
    /** Kept out by an operator. */
    EVICTED
}
