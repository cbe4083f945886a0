package io.curia.model;

/** Whether a member could become master now. */
public enum Eligibility {
    /** It queues, or will in a moment. */
    READY,
    /** It queues behind everybody who is ready, because it kept losing mastership. */
    FLAPPING,
    /** It says itself that it is not fit. */
    UNHEALTHY,
    /** Asked whether it may be promoted, it said no a while ago. */
    VETOED,
    /** An operator took it out of the running. */
    DRAINED,
    /** It is no candidate, or not live. */
    NONE
}
