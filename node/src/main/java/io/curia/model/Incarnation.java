package io.curia.model;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * One registration of a node, told apart from every earlier and later one by 128 random bits.
 *
 * <p>A restarted process is a new incarnation, and so is a process that registers again after its
 * ZooKeeper session ended or its place was taken away. Evidence and removals name an incarnation, so
 * they can never hit a later one.
 */
public record Incarnation(String value) {

    private static final Pattern VALID = Pattern.compile("[0-9a-f]{32}");
    private static final HexFormat DIGITS = HexFormat.of();

    public Incarnation {
        if (value == null || !VALID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "incarnation: " + Quoted.of(value) + " (expected: 32 lower-case hex digits)");
        }
    }

    /** Returns the incarnation made of these 128 bits. */
    public static Incarnation of(long high, long low) {
        return new Incarnation(DIGITS.toHexDigits(high) + DIGITS.toHexDigits(low));
    }

    /** Returns the first eight digits, enough for a person to tell two incarnations apart. */
    public String abbreviated() {
        return value.substring(0, 8);
    }

    // Written out, because the equals and hashCode of a record are put together by method handles when first called:
    // 20 ms for the first record of a process and some 3 for each other, at its start or in the middle of a switchover.
    @Override
    public boolean equals(Object other) {
        return other instanceof Incarnation that && value.equals(that.value);
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
