package io.curia.zookeeper;

/** A round of reads: which one is under way, since when, and how many of its answers have yet to come. */
final class LookRound {

    private final long patienceNanos;
    private long number;
    private long sinceNanos;
    private int pending;

    /** A round that never comes back cannot be; should it be all the same, it is given up after so long. */
    LookRound(long patienceNanos) {
        this.patienceNanos = patienceNanos;
    }

    /** Begins the next, which has so many answers, and returns its number; those of the last do not count any more. */
    long begin(int answers) {
        pending = answers;
        sinceNanos = System.nanoTime();
        return ++number;
    }

    boolean is(long which) {
        return which == number;
    }

    /** Notes an answer; returns whether it was the last. */
    boolean isAnswered() {
        pending--;
        return pending == 0;
    }

    void end() {
        pending = 0;
    }

    boolean isUnderWay() {
        return isUnanswered() && ageNanos() < patienceNanos;
    }

    /** Returns whether answers are wanting, be it that they are given up. */
    boolean isUnanswered() {
        return pending > 0;
    }

    long ageNanos() {
        return System.nanoTime() - sinceNanos;
    }
}
