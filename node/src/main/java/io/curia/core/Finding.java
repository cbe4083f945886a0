package io.curia.core;

/** What one look at a suspect's address brought. */
public enum Finding {
    /** The host said that nobody listens there. */
    REFUSED,
    /** The connection was accepted, then closed or reset before a word: a dying process does that, for a while. */
    HUNG_UP,
    /** The connection was accepted, and nothing came: frozen, overloaded, or a process that is being torn down. */
    SILENT,
    /** No way to the address, no such host, or no answer to the attempt: the network namespace or the host is gone. */
    UNREACHABLE,
    /** The very registration answered. */
    SAME,
    /** The node answered as a later incarnation: the suspect's process ended, and another holds its place. */
    NEWER,
    /** Something else answers there. */
    STRANGER;

    /** Returns whether this alone says that the suspect's process has ended. */
    public boolean convicts() {
        return this == REFUSED || this == NEWER;
    }

    /** Returns whether this alone says whether it lives. */
    boolean isDecisive() {
        return convicts() || this == SAME;
    }
}
