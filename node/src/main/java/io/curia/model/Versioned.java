package io.curia.model;

import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a record that may be empty says, and the version that a change of it has to carry.
 *
 * @param what what it says; empty if it says nothing
 * @param version the znode's data version, {@link #NOT_STORED} where there is no znode yet
 */
public record Versioned<T>(Optional<T> what, int version) {

    /** Version of a record that has no znode yet. */
    public static final int NOT_STORED = -1;

    public Versioned {
        Objects.requireNonNull(what, "what");
    }

    /** Returns a record that was never stored. */
    public static <T> Versioned<T> none() {
        return new Versioned<>(Optional.empty(), NOT_STORED);
    }

    /** Returns what this record is to say instead, at the same version: a change that was decided on it. */
    public Versioned<T> saying(T instead) {
        return new Versioned<>(Optional.of(instead), version);
    }

    /** Returns this record as it is to be changed, at the same version. */
    public Versioned<T> changed(UnaryOperator<T> change) {
        return new Versioned<>(what.map(change), version);
    }

    /** Returns this record emptied, at the same version. */
    public Versioned<T> cleared() {
        return new Versioned<>(Optional.empty(), version);
    }

    // Written out: see Incarnation.
    @Override
    public boolean equals(Object other) {
        return other instanceof Versioned<?> that && version == that.version && what.equals(that.what);
    }

    @Override
    public int hashCode() {
        return 31 * what.hashCode() + version;
    }
}
