package io.curia.runtime;

/** How a cluster gets over the death of a member. */
public enum Failover {
    /** Members watch each other over TCP; one that was verified dead is removed at once. Its session expires later. */
    FAST,
    /** A member is gone when its ZooKeeper session expires, and not before. */
    SESSION
}
