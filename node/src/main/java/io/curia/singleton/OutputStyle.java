package io.curia.singleton;

/** What becomes of what the command writes. */
public enum OutputStyle {
    /** It writes to the node's own standard output and standard error. */
    INHERIT,
    /** The same, each line with the node's id and the epoch before it. */
    PREFIX
}
