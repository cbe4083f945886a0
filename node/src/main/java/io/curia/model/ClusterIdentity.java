package io.curia.model;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * What tells this cluster from every other, also from one of the same name whose ZooKeeper was wiped.
 *
 * @param name the cluster's name
 * @param uuid random, written once when the tree was made; epochs are comparable only within it
 * @param created when the tree was made
 */
public record ClusterIdentity(String name, String uuid, Instant created) {

    public ClusterIdentity {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uuid, "uuid");
        Objects.requireNonNull(created, "created");
    }

    // Written out: see Incarnation.
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof ClusterIdentity that && Arrays.equals(components(), that.components());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(components());
    }

    private Object[] components() {
        return new Object[] {name, uuid, created};
    }
}
