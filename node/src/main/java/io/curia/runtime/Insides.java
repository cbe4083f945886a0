package io.curia.runtime;

import io.curia.store.History;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What a node that has begun can be asked about its parts.
 *
 * @param loop the loop that decides
 * @param history what happened to the cluster
 * @param deaths the watch over others, as it is at each call
 * @param started completes once the node is a member and knows whether it leads
 */
record Insides(EventLoop loop, History history, Supplier<Optional<DeathWatch>> deaths,
        CompletableFuture<NodeState> started) {

    Duration busy() {
        return loop.busy();
    }

    Optional<WatchState> watch() {
        return deaths.get().map(DeathWatch::standing);
    }

    boolean hasStarted() {
        return started.isDone() && !started.isCompletedExceptionally();
    }
}
