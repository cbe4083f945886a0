package io.curia.cli;

/** What a program's exit code means; the numbers are part of the contract and never change. */
public enum ExitCode {
    /** admin-cli: done, and confirmed. node: left in order. */
    OK(0),
    /** Something unexpected; the message says what. */
    UNEXPECTED(1),
    /** The command line was wrong. */
    USAGE(2),
    /** ZooKeeper cannot be reached. */
    ZOOKEEPER_UNREACHABLE(3),
    /** The credentials do not permit this. */
    NOT_PERMITTED(4),
    /** No such member, or no such cluster. */
    NOT_FOUND(5),
    /** There is no master now. */
    NO_MASTER(6),
    /** A precondition failed, or a confirmation is needed. */
    PRECONDITION_FAILED(7),
    /** It was started, and its outcome was not confirmed in time. */
    NOT_CONFIRMED(8),
    /** The cluster is degraded. */
    DEGRADED(9),
    /** Not safe. */
    NOT_SAFE(10),
    /** The drill missed its objective. */
    OBJECTIVE_MISSED(11),
    /** node: the join was refused. */
    JOIN_REFUSED(12),
    /** node: evicted. */
    EVICTED(13),
    /** node: no peer answered. */
    NO_PEER(14),
    /** Interrupted by the user. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** Returns the number that the process exits with. */
    public int code() {
        return code;
    }
}
