package io.curia.zookeeper;

import io.curia.model.Intents.Place;
import io.curia.model.NodeId;
import io.curia.zookeeper.Reads.Found;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/** Reads who stands where in the latch's queue: the list, and what is listed. */
final class QueueRead {

    private QueueRead() {
    }

    /** Completes with the queue, first in the queue first; {@code watcher}, if not null, is told of the next change. */
    static CompletableFuture<List<Place>> take(ZooKeeper zk, ZnodePaths paths, Watcher watcher) {
        return Reads.children(zk, paths.latch(), watcher)
                .thenCompose(listed -> ViewRead.all(listed.orThrow().names().stream()
                        .sorted(Comparator.comparing(ZkLatch::sequence))
                        .map(name -> Reads.data(zk, paths.latch() + "/" + name, null)).toList()))
                .thenApply(found -> found.stream().flatMap(place -> place(place).stream()).toList());
    }

    /** Whoever has gone meanwhile queues no longer; what is no name of a node is no node's. */
    private static Optional<Place> place(Found found) {
        return Optional.of(found.orThrow()).filter(Found::isThere)
                .map(there -> new String(there.data(), StandardCharsets.UTF_8))
                .filter(NodeId::isValid)
                .map(id -> new Place(found.path(), NodeId.of(id)));
    }
}
