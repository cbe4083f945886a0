package io.curia.zookeeper;

import io.curia.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * Asynchronous reads on one handle. Reads sent one after another without waiting are answered in that order and
 * share a round trip; a {@link #sync} sent before them makes all of them as fresh as itself.
 *
 * <p>They go to the handle directly: Curator would repeat a read after a lost connection, on another session if
 * need be, when what the caller wants to know is that the connection was lost. Results complete on ZooKeeper's
 * event thread and never exceptionally.
 */
final class Reads {

    private Reads() {
    }

    /** Reads the data at {@code path}; {@code watcher}, if not null, is left there unless nothing is there. */
    static CompletableFuture<Found> data(ZooKeeper zk, String path, Watcher watcher) {
        CompletableFuture<Found> result = new CompletableFuture<>();
        zk.getData(path, watcher,
                (rc, p, context, data, stat) -> result.complete(new Found(path, Code.get(rc), data, stat)), null);
        return result;
    }

    /** Leaves {@code watcher} at {@code path}, whether or not something is there, and tells which. */
    static CompletableFuture<Found> exists(ZooKeeper zk, String path, Watcher watcher) {
        CompletableFuture<Found> result = new CompletableFuture<>();
        zk.exists(path, watcher,
                (rc, p, context, stat) -> result.complete(new Found(path, Code.get(rc), null, stat)), null);
        return result;
    }

    /** Lists the names below {@code path}. */
    static CompletableFuture<Children> children(ZooKeeper zk, String path) {
        return children(zk, path, null);
    }

    /** Lists the names below {@code path}; {@code watcher}, if not null, is told once when one comes or goes. */
    static CompletableFuture<Children> children(ZooKeeper zk, String path, Watcher watcher) {
        CompletableFuture<Children> result = new CompletableFuture<>();
        zk.getChildren(path, watcher, (rc, p, context, names) -> result.complete(new Children(path, Code.get(rc),
                names == null ? List.of() : names)), null);
        return result;
    }

    /** Makes every later read on this handle no older than this call. */
    static CompletableFuture<Found> sync(ZooKeeper zk, String path) {
        CompletableFuture<Found> result = new CompletableFuture<>();
        zk.sync(path, (rc, p, context) -> result.complete(new Found(path, Code.get(rc), null, null)), null);
        return result;
    }

    /** Reads the data at {@code path} as {@link #data} does, no older than this call. */
    static CompletableFuture<Found> fresh(ZooKeeper zk, String path, Watcher watcher) {
        CompletableFuture<Found> sync = sync(zk, path);
        // A sync that was lost or refused makes nothing fresh: its failure is the read's.
        return data(zk, path, watcher).thenCombine(sync, (found, synced) -> {
            synced.orThrow();
            return found;
        });
    }

    /**
     * The answer to one read.
     *
     * @param path what was read
     * @param code how it went
     * @param data what stands there; null if nothing does or it was not asked for
     * @param stat the znode's; null if nothing stands there
     */
    record Found(String path, Code code, byte[] data, Stat stat) {

        boolean isThere() {
            return code == Code.OK;
        }

        /** Returns why this says nothing about the znode; empty if it was read or is known to be absent. */
        Optional<StoreException> failure() {
            return code == Code.OK || code == Code.NONODE ? Optional.empty() : Optional.of(Failures.of(code, path));
        }

        Found orThrow() {
            failure().ifPresent(failure -> {
                throw failure;
            });
            return this;
        }
    }

    /** The names below a znode, as {@link Found}. */
    record Children(String path, Code code, List<String> names) {

        Children orThrow() {
            if (code != Code.OK && code != Code.NONODE) {
                throw Failures.of(code, path);
            }
            return this;
        }
    }
}
