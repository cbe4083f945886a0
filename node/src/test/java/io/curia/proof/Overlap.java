package io.curia.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Two masterships that were valid at the same time.
 *
 * @param one the one that began first
 * @param other the other
 */
record Overlap(Stretch one, Stretch other) {

    long lengthNanos() {
        return one.commonNanos(other);
    }

    /** Returns when it began. */
    long nanos() {
        return other.fromNanos();
    }

    /** Returns all there are in these stretches. */
    static List<Overlap> in(List<Stretch> stretches) {
        List<Stretch> inOrder = stretches.stream().sorted(Comparator.comparingLong(Stretch::fromNanos)).toList();
        List<Overlap> overlaps = new ArrayList<>();
        for (int first = 0; first < inOrder.size(); first++) {
            Stretch one = inOrder.get(first);
            for (int next = first + 1; next < inOrder.size(); next++) {
                Stretch other = inOrder.get(next);
                if (other.fromNanos() >= one.toNanos()) {
                    break;
                }
                if (one.commonNanos(other) > 0) {
                    overlaps.add(new Overlap(one, other));
                }
            }
        }
        return overlaps;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "for %.2f ms both valid: %s and %s", lengthNanos() / 1e6, one, other);
    }
}
