package io.curia.zookeeper;

import io.curia.model.Intents;
import io.curia.model.Intents.Place;
import io.curia.model.Switchover;
import io.curia.model.Versioned;
import io.curia.store.StoreException;
import io.curia.zookeeper.Reads.Found;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/**
 * What operators want, as one glance found it. The queue is read only while its order matters to somebody: that takes
 * as many reads as there are candidates, and a watch on all of them.
 *
 * @param switchover the {@code switchover} record
 * @param pause the {@code pause} record
 * @param lookedAtQueue whether it was known that the queue matters
 * @param queue who stands where in the queue; empty if it was not looked at, or could not be
 */
record IntentsFound(Found switchover, Found pause, boolean lookedAtQueue, Optional<List<Place>> queue) {

    /** Sends the reads; completes on ZooKeeper's event thread, never exceptionally. */
    static CompletableFuture<IntentsFound> take(ZooKeeper zk, ZnodePaths paths, Intents last, Watcher watcher) {
        CompletableFuture<Found> switchover =
                Glance.watched(zk, paths.switchover(), isThere(last.switchover()), watcher);
        CompletableFuture<Found> pause = Glance.watched(zk, paths.pause(), isThere(last.pause()), watcher);
        boolean looks = concernsQueue(last);
        CompletableFuture<Optional<List<Place>>> queue = looks
                ? QueueRead.take(zk, paths, watcher).handle((places, failure) -> Optional.ofNullable(places))
                : CompletableFuture.completedFuture(Optional.empty());
        return CompletableFuture.allOf(switchover, pause, queue)
                .thenApply(all -> new IntentsFound(switchover.join(), pause.join(), looks, queue.join()));
    }

    private static boolean isThere(Versioned<?> record) {
        return record.version() != Versioned.NOT_STORED;
    }

    private static boolean concernsQueue(Intents intents) {
        Instant now = Instant.now();
        return intents.switchover().what().filter((Switchover wish) -> wish.concernsQueue(now)).isPresent();
    }

    Optional<StoreException> failure() {
        return switchover.failure().or(pause::failure);
    }

    /** Returns what was found; throws {@code CORRUPT} if it cannot be understood. */
    Intents decoded() {
        return new Intents(IntentCodec.switchover(switchover), IntentCodec.pause(pause), queue);
    }

    /** Returns whether the queue matters and was not looked at: nobody knew that it would. */
    boolean missesQueue() {
        return !lookedAtQueue && concernsQueue(decoded());
    }
}
