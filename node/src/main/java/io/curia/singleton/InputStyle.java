package io.curia.singleton;

/** What the command reads. */
public enum InputStyle {
    /** Nothing: its standard input is empty. */
    NONE,
    /** The node's own standard input, which each run goes on reading where the one before has stopped. */
    PASS
}
