package io.curia.hooks;

/** What a program can be run at. */
public enum HookEvent {
    /** This node is about to be master; a program that fails forbids it. */
    PRE_MASTER("pre-master"),
    /** This node is master. */
    MASTER("master"),
    /** This node stands by: it has joined, or it is master no more. */
    STANDBY("standby"),
    /** This node was evicted. */
    EVICTED("evicted"),
    /** The cluster has another master, whoever it is. */
    CHANGE("change");

    private final String words;

    HookEvent(String words) {
        this.words = words;
    }

    /** Returns how it is told. */
    public String words() {
        return words;
    }
}
