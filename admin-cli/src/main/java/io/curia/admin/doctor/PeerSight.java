package io.curia.admin.doctor;

/** What one node sees of another, when it is asked to look. */
public enum PeerSight {
    /** It answers. */
    ALIVE,
    /** Nobody listens there. */
    REFUSED,
    /** A later run of it answers. */
    NEWER,
    /** There is no way to it. */
    UNREACHABLE,
    /** It accepts connections, and does not say who it is. */
    UNCLEAR,
    /** It cannot say. */
    UNKNOWN;

    /** Returns whether this speaks of a node that is not to be reached. */
    boolean isAbsence() {
        return this == REFUSED || this == UNREACHABLE || this == UNCLEAR;
    }
}
