package io.curia.model;

import java.util.regex.Pattern;

/**
 * The name of a node, chosen by its operator and unique in its cluster for all time.
 *
 * <p>It is a znode name, a file name and a table cell, so it is kept to what is harmless in all three:
 * 1 to 64 of {@code A-Z a-z 0-9 . _ -}, beginning with a letter or a digit.
 */
public record NodeId(String value) implements Comparable<NodeId> {

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public NodeId {
        if (value == null || !VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("node id: " + Quoted.of(value)
                    + " (expected: 1-64 of A-Z a-z 0-9 . _ -, beginning with a letter or digit)");
        }
    }

    /** Returns the node id spelled {@code value}, or throws {@link IllegalArgumentException}. */
    public static NodeId of(String value) {
        return new NodeId(value);
    }

    /** Returns whether this is how a node id can be spelled. */
    public static boolean isValid(String value) {
        return VALID.matcher(value).matches();
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    // Written out: see Incarnation.
    @Override
    public boolean equals(Object other) {
        return other instanceof NodeId that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
