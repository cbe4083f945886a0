package io.curia.proof;

import java.util.OptionalLong;

/**
 * One fenced write as its writer remembers it.
 *
 * @param node who wrote
 * @param run which process of that node, counted by the driver
 * @param epoch under which mastership
 * @param number the how manieth of that process
 * @param triedNanos when it was sent, by the clock that all processes of the host share
 * @param outcome what the writer was told
 * @param toldNanos when it was told; empty if it never was
 */
record Write(String node, int run, long epoch, long number, long triedNanos, Outcome outcome, OptionalLong toldNanos) {

    /** What a writer was told of its write. */
    enum Outcome {
        /** Committed. */
        DONE,
        /** Refused, because the epoch is over. */
        FENCED,
        /** Refused for another reason. */
        REFUSED,
        /** It may have been committed or not. */
        UNKNOWN,
        /** Nothing: the process ended before an answer came. */
        NOTHING
    }

    /** Returns what this write puts into the register, and names its trace by; no other write has the same. */
    String mark() {
        return mark(epoch, node, run, number);
    }

    static String mark(long epoch, String node, int run, long number) {
        return epoch + "-" + node + "-" + run + "-" + number;
    }

    /** Returns the epoch that a mark was made under. */
    static long epochOf(String mark) {
        return Long.parseLong(mark.substring(0, mark.indexOf('-')));
    }

    /** Returns this write with what its writer was told of it. */
    Write told(Outcome how, long nanos) {
        return new Write(node, run, epoch, number, triedNanos, how, OptionalLong.of(nanos));
    }
}
