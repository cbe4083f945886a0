package io.curia.model;

import java.util.Objects;
import java.util.Optional;

/**
 * The {@code master} znode: the last tenure and the znode version that every fenced write checks.
 *
 * @param tenure the last mastership, ended or not; empty before the first
 * @param version the znode's data version
 */
public record MasterRecord(Optional<Tenure> tenure, int version) {

    /** The record of a cluster that never had a master. */
    public static final MasterRecord VACANT = new MasterRecord(Optional.empty(), 0);

    public MasterRecord {
        Objects.requireNonNull(tenure, "tenure");
    }

    /** Returns the highest epoch claimed so far, {@link Epoch#NONE} before the first. */
    public Epoch epoch() {
        return tenure.map(Tenure::epoch).orElse(Epoch.NONE);
    }

    // Written out: see Incarnation.
    @Override
    public boolean equals(Object other) {
        return other instanceof MasterRecord that && version == that.version && tenure.equals(that.tenure);
    }

    @Override
    public int hashCode() {
        return 31 * tenure.hashCode() + version;
    }
}
