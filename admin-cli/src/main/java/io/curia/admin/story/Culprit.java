package io.curia.admin.story;

/** What brought a change of master about, as far as can be told. The names are part of the contract. */
public enum Culprit {
    /** There was no master before. */
    FIRST,
    /** Its process was seen to be gone: killed, crashed, out of memory, or its host shut down. */
    KILLED,
    /** It was taken for dead and lives. */
    MISTAKEN,
    /** Its host could not be reached any more. */
    HOST_LOST,
    /** Its process was stopped from running for too long. */
    FROZEN,
    /** It lost its connection to ZooKeeper for too long. */
    CUT_OFF,
    /** Somebody ended its session while its process ran. */
    SESSION_ENDED,
    /** Its session expired and its process is gone; nobody saw it go. */
    VANISHED,
    /** It left in order. */
    LEFT,
    /** An operator evicted it. */
    EVICTED,
    /** An operator handed mastership to another. */
    SWITCHOVER,
    /** It was asked to give mastership up. */
    STEP_DOWN,
    /** Its place in the latch was removed by hand. */
    PLACE_REMOVED,
    /** Its registration was removed by hand. */
    REGISTRATION_REMOVED,
    /** The application could not begin its duties. */
    LISTENER_FAILED,
    /** It cannot be told from what is remembered and who could be asked. */
    UNKNOWN
}
