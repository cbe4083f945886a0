package io.curia.proof;

/**
 * A time in which a process was valid master whenever it asked itself, without a break.
 *
 * @param node whose process
 * @param run which process of that node
 * @param epoch under which mastership
 * @param fromNanos when the first answer was there
 * @param toNanos when the last question was asked that was answered yes
 * @param untilNanos until when, by the last answer, it would stay valid with nothing else happening
 */
record Stretch(String node, int run, long epoch, long fromNanos, long toNanos, long untilNanos) {

    /** Returns for how long this and {@code other} surely were both valid. */
    long commonNanos(Stretch other) {
        return Math.max(0, Math.min(toNanos, other.toNanos) - Math.max(fromNanos, other.fromNanos));
    }

    boolean isOfSameProcess(Stretch other) {
        return node.equals(other.node) && run == other.run;
    }
}
