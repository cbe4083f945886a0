package io.curia.zookeeper;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a client with a session can find out about the ensemble. What could not be found out is empty.
 *
 * @param shortestSession the shortest session timeout granted, or one that was granted and is short enough
 * @param longestSession the longest session timeout granted, or one that was granted and is long enough
 * @param servers how many servers have a vote, as the ensemble's configuration says; empty if it does not
 * @param openTo which of the cluster's znodes anybody may write or delete
 */
public record EnsembleSight(Optional<Duration> shortestSession, Optional<Duration> longestSession,
        OptionalInt servers, List<String> openTo) {

    /** Of an ensemble that cannot be reached. */
    public static final EnsembleSight NOTHING =
            new EnsembleSight(Optional.empty(), Optional.empty(), OptionalInt.empty(), List.of());

    public EnsembleSight {
        Objects.requireNonNull(shortestSession, "shortestSession");
        Objects.requireNonNull(longestSession, "longestSession");
        Objects.requireNonNull(servers, "servers");
        openTo = List.copyOf(openTo);
    }
}
