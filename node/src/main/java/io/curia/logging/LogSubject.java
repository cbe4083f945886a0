package io.curia.logging;

import java.util.Objects;

/**
 * Which node logs, and as what: on every JSON line.
 *
 * @param node its id
 * @param cluster its cluster
 * @param role its role at the moment
 * @param epoch the highest epoch it knows of
 */
public record LogSubject(String node, String cluster, String role, long epoch) {

    public LogSubject {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(role, "role");
    }
}
