package io.curia.model;

/**
 * The number of a mastership: it grows with every claim, is never given out twice, and is the fencing token.
 *
 * <p>It orders masterships within one cluster uuid only; an epoch of another cluster says nothing.
 */
public record Epoch(long number) implements Comparable<Epoch> {

    /** The epoch before the first master. */
    public static final Epoch NONE = new Epoch(0);

    public Epoch {
        if (number < 0) {
            throw new IllegalArgumentException("epoch: " + number + " (expected: >= 0)");
        }
    }

    /** Returns the epoch that follows this one. */
    public Epoch next() {
        return new Epoch(Math.addExact(number, 1));
    }

    /** Returns the higher of the two. */
    public Epoch max(Epoch other) {
        return number >= other.number ? this : other;
    }

    /** Returns whether this mastership began after that one. */
    public boolean isAfter(Epoch other) {
        return number > other.number;
    }

    @Override
    public int compareTo(Epoch other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }

    // Written out: see Incarnation.
    @Override
    public boolean equals(Object other) {
        return other instanceof Epoch that && number == that.number;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }
}
