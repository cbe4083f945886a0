package io.curia.model;

/** What a member may become. */
public enum MemberKind {
    /** Queues in the latch and may become master. */
    CANDIDATE,
    /** A full member that never becomes master. */
    OBSERVER,
    /** A member without ZooKeeper, held by the node its connection goes to; never a candidate. */
    GUEST
}
