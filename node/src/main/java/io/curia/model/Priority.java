package io.curia.model;

/**
 * How much a candidate is preferred. Among those that queue, the higher goes before the lower; equals keep the order
 * in which they came.
 *
 * @param value 1 to {@value #MAX}, the higher the more preferred
 * @param preempts whether a master of lower priority is to step down for it
 */
public record Priority(int value, boolean preempts) {

    /** The highest value. */
    public static final int MAX = 1000;
    /** What a candidate has that was told nothing. */
    public static final Priority DEFAULT = new Priority(100, false);

    public Priority {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException("priority: " + value + " (expected: 1 to " + MAX
                    + "; for a member that is never master, observer)");
        }
    }

    // Written out: see Incarnation.
    @Override
    public boolean equals(Object other) {
        return other instanceof Priority that && value == that.value && preempts == that.preempts;
    }

    @Override
    public int hashCode() {
        return 2 * value + (preempts ? 1 : 0);
    }
}
