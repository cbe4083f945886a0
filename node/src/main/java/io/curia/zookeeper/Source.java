package io.curia.zookeeper;

import io.curia.store.StoreException;
import io.curia.zookeeper.Reads.Found;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/**
 * One znode that a node keeps in sight: what it last showed, and whether it may show something else by now.
 *
 * <p>Every read leaves a one-shot watch behind, whether or not something stands there; when it fires, the znode is to
 * be read again. One-shot, because ZooKeeper makes up for what such a watch missed while the connection was down; a
 * persistent watch says nothing of it.
 *
 * <p>One thread owns the state; reads complete on ZooKeeper's event thread, and their answers are to be handed to
 * {@link #take} in the order in which they came.
 *
 * @param <T> what the znode means
 */
final class Source<T> implements Watcher {

    private final Function<Found, T> meaning;
    private final Consumer<Runnable> onEvent;
    private final Consumer<String> onDeleted;
    private Optional<Source<?>> follower = Optional.empty();
    private String path;
    private boolean expected;
    private boolean stale = true;
    private boolean reading;
    private Optional<Found> seen = Optional.empty();
    private Optional<T> value = Optional.empty();
    private Optional<StoreException> failure = Optional.empty();

    /**
     * Makes a source that looks at nothing yet.
     *
     * @param meaning of what was found; throws if it cannot be understood
     * @param onEvent runs what it is given on the owner's thread, after a watch has fired
     */
    Source(Function<Found, T> meaning, Consumer<Runnable> onEvent) {
        this(meaning, onEvent, path -> { });
    }

    /** The same; {@code onDeleted} is told of a deletion at once, on ZooKeeper's event thread. */
    Source(Function<Found, T> meaning, Consumer<Runnable> onEvent, Consumer<String> onDeleted) {
        this.meaning = meaning;
        this.onEvent = onEvent;
        this.onDeleted = onDeleted;
    }

    /** Looks at {@code where} from now on, at which something is {@code likely} to stand. */
    Source<T> at(String where, boolean likely) {
        path = where;
        expected = likely;
        forget();
        return this;
    }

    /** Looks at {@code where} from now on, if it did not already; at nothing if that is empty. */
    void follow(Optional<String> where) {
        if (!where.equals(Optional.ofNullable(path))) {
            reading = false;
            at(where.orElse(null), true);
        }
    }

    /**
     * Makes what is seen of {@code other} always newer than what is seen of this: it is read whenever this is, behind
     * it, and counts no more once this has shown something new.
     */
    void precedes(Source<?> other) {
        follower = Optional.of(other);
    }

    /** What was seen does not count any more; an answer that is on its way does. */
    void forget() {
        seen = Optional.empty();
        value = Optional.empty();
        failure = Optional.empty();
        stale = !reading;
    }

    /** What was seen may be out of date, as may an answer that is on its way. */
    void doubt() {
        stale = true;
        follower.ifPresent(Source::doubt);
    }

    /** Returns whether this is to be read. */
    boolean isStale() {
        return path != null && stale;
    }

    /** Returns whether there is nothing to look at, or something was seen there. */
    boolean isKnown() {
        return path == null || seen.isPresent();
    }

    /** Returns what was last seen; empty if nothing was, or if there is nothing to look at. */
    Optional<Found> seen() {
        return seen;
    }

    /** Returns what that means, or throws what there is against it. */
    Optional<T> value() throws StoreException {
        if (value.isEmpty()) {
            value = seen.map(meaning);
        }
        return value;
    }

    /** Returns why the last answer showed nothing, if it did not. */
    Optional<StoreException> failure() {
        return failure;
    }

    /** Reads the znode; completes with what is to be done with the answer on the owner's thread. */
    CompletableFuture<Runnable> read(ZooKeeper zk) {
        stale = false;
        reading = true;
        return read(zk, path, expected).thenApply(found -> () -> take(found));
    }

    /** Reading data leaves no watch where nothing stands, looking for it reads no data: until both agree. */
    private CompletableFuture<Found> read(ZooKeeper zk, String where, boolean likely) {
        CompletableFuture<Found> answer = likely ? Reads.data(zk, where, this) : Reads.exists(zk, where, this);
        return answer.thenCompose(found -> {
            boolean settled = likely ? found.code() != Code.NONODE : found.code() != Code.OK;
            return settled ? CompletableFuture.completedFuture(found) : read(zk, where, !likely);
        });
    }

    private void take(Found found) {
        if (found.path().equals(path)) {
            reading = false;
            failure = found.failure();
            if (failure.isPresent()) {
                stale = true;
            } else {
                note(found);
            }
        }
    }

    /**
     * Takes {@code found}, which a commit of this session has left there, for seen. The watch has fired of it, so it
     * will be read all the same.
     */
    boolean learn(Found found) {
        boolean concerned = found.path().equals(path);
        if (concerned) {
            note(found);
        }
        return concerned;
    }

    private void note(Found found) {
        expected = found.isThere();
        if (seen.filter(before -> isSame(before, found)).isEmpty()) {
            seen = Optional.of(found);
            value = Optional.empty();
            follower.ifPresent(Source::forget);
        }
    }

    /** No two writes have the same transaction id. */
    private static boolean isSame(Found before, Found now) {
        return before.isThere() == now.isThere()
                && (!now.isThere() || before.stat().getMzxid() == now.stat().getMzxid());
    }

    @Override
    public void process(WatchedEvent event) {
        if (event.getType() == Event.EventType.NodeDeleted) {
            onDeleted.accept(event.getPath());
        }
        if (event.getType() != Event.EventType.None) {
            onEvent.accept(() -> {
                if (event.getPath().equals(path)) {
                    doubt();
                    expected = event.getType() != Event.EventType.NodeDeleted;
                }
            });
        }
    }
}
