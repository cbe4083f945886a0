package io.curia.zookeeper;

import io.curia.model.Intents.Place;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/**
 * The latch's queue as a node keeps it in sight, while its order matters to somebody: that takes as many reads as there
 * are candidates, and a watch that fires whenever one of them comes or goes. The rules are those of {@link Source}.
 */
final class QueueSource implements Watcher {

    private final ZnodePaths paths;
    private final Consumer<Runnable> onEvent;
    private boolean wanted;
    private boolean stale;
    private Optional<List<Place>> seen = Optional.empty();

    QueueSource(ZnodePaths paths, Consumer<Runnable> onEvent) {
        this.paths = paths;
        this.onEvent = onEvent;
    }

    /** Looks at the queue from now on, or does not. */
    void want(boolean matters) {
        if (matters != wanted) {
            wanted = matters;
            stale = matters;
            seen = Optional.empty();
        }
    }

    /** What was seen may be out of date. */
    void doubt() {
        stale = wanted;
    }

    boolean isStale() {
        return stale;
    }

    /** Returns the queue as last seen; empty if nobody wants it, or it was not read yet. */
    Optional<List<Place>> seen() {
        return seen;
    }

    /** Reads the queue. One that cannot be read is looked for again when it is doubted next. */
    CompletableFuture<Runnable> read(ZooKeeper zk) {
        stale = false;
        return QueueRead.take(zk, paths, this).handle((places, failure) -> () ->
                seen = Optional.ofNullable(places).filter(any -> wanted).or(() -> seen));
    }

    @Override
    public void process(WatchedEvent event) {
        if (event.getType() != Event.EventType.None) {
            onEvent.accept(this::doubt);
        }
    }
}
