package io.curia.singleton;

/** What follows when the command ends by itself while this node is master. */
public enum OnExit {
    /** It is started again on this node, after a pause that grows. */
    RESTART,
    /** The node gives up mastership and stands by; it runs the command again when it is its turn again. */
    RELEASE,
    /** The node leaves and ends with the command's exit code. */
    EXIT
}
