package io.curia.model;

/** Why the mastership before this one ended, and so why there was an election. */
public enum Cause {
    /** There was no mastership before. */
    FIRST,
    /** The master's process was seen dead. */
    CRASH,
    /** The master's ZooKeeper session ended without a word: it froze, was cut off, or its host died. */
    SESSION_EXPIRED,
    /** An operator handed mastership to a named node. */
    SWITCHOVER,
    /** The master gave up mastership and stayed a member, by request, by its clock, or because its place was gone. */
    STEP_DOWN,
    /** The master left the cluster in order. */
    LEFT,
    /** The master was evicted. */
    EVICTED
}
