package io.curia.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooKeeper;

/**
 * What ZooKeeper's records say, watched rather than polled: a witness that costs nothing until something happens, and
 * so does not slow down what it looks at. Times are those of an event's arrival here.
 */
final class Records implements AutoCloseable {

    private static final int SESSION_MILLIS = 30_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ZooKeeper zooKeeper;
    private final ScheduledExecutorService readers = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread reader = new Thread(task, "records");
        reader.setDaemon(true);
        return reader;
    });

    private Records(ZooKeeper zooKeeper) {
        this.zooKeeper = zooKeeper;
    }

    /** Returns them once there is a connection. */
    static Records open(String connect) throws IOException, InterruptedException {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper zooKeeper = new ZooKeeper(connect, SESSION_MILLIS, event -> {
            if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
        if (!connected.await(Lab.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("no connection to " + connect + " within " + Lab.PATIENCE);
        }
        return new Records(zooKeeper);
    }

    /** Returns the ids in the queue of a {@code LeaderLatch}, the first of whom leads; none if nobody ever queued. */
    List<String> queue(String latch) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        try {
            for (String place : places(latch)) {
                ids.add(new String(zooKeeper.getData(place, false, null), StandardCharsets.UTF_8));
            }
        } catch (KeeperException.NoNodeException e) {
            return List.of(); // Somebody is just leaving, or nobody was ever there: asked again soon.
        } catch (KeeperException e) {
            throw new IOException("the queue at " + latch, e);
        }
        return ids;
    }

    /** Takes the first in the queue its place. */
    void takeFirstPlace(String latch) throws IOException, InterruptedException {
        try {
            zooKeeper.delete(places(latch).get(0), -1);
        } catch (KeeperException e) {
            throw new IOException("the first place at " + latch, e);
        }
    }

    private List<String> places(String latch) throws KeeperException, InterruptedException {
        return zooKeeper.getChildren(latch, false).stream()
                .sorted(Comparator.comparing(name -> name.substring(name.lastIndexOf('-'))))
                .map(name -> latch + "/" + name).toList();
    }

    /** Returns when a znode that is there now has gone. */
    CompletableFuture<Long> gone(String path) throws IOException, InterruptedException {
        CompletableFuture<Long> gone = new CompletableFuture<>();
        try {
            if (zooKeeper.exists(path, event -> {
                if (event.getType() == EventType.NodeDeleted) {
                    gone.complete(System.nanoTime());
                }
            }) == null) {
                throw new IOException(path + " is not there");
            }
        } catch (KeeperException e) {
            throw new IOException("watching " + path, e);
        }
        return gone;
    }

    /** Returns the epoch in a master record. */
    long epoch(String master) throws IOException, InterruptedException {
        try {
            return epoch(zooKeeper.getData(master, false, null));
        } catch (KeeperException e) {
            throw new IOException("reading " + master, e);
        }
    }

    private static long epoch(byte[] record) {
        try {
            return JSON.readTree(record).path("epoch").asLong();
        } catch (IOException e) {
            throw new UncheckedIOException("a master record: " + new String(record, StandardCharsets.UTF_8), e);
        }
    }

    /** Returns the changes of a znode from now on, until {@link #forget}. */
    Changes changes(String path) throws IOException, InterruptedException {
        Changes changes = new Changes();
        watch(path, changes);
        return changes;
    }

    private void watch(String path, Watcher watcher) throws IOException, InterruptedException {
        try {
            zooKeeper.addWatch(path, watcher, AddWatchMode.PERSISTENT);
        } catch (KeeperException e) {
            throw new IOException("watching " + path, e);
        }
    }

    /** Notes no more changes. */
    void forget(String path, Changes changes) throws IOException, InterruptedException {
        try {
            zooKeeper.removeWatches(path, changes, WatcherType.Any, true);
        } catch (KeeperException e) {
            throw new IOException("watching " + path + " no more", e);
        }
    }

    /**
     * Returns when an epoch after {@code epoch} has been claimed in a master record, which it has not been yet. Only
     * the time is noted when the record changes; it is read when the change of master is over, which takes place on the
     * same processors. Should it have changed several times by then, the last is taken.
     */
    CompletableFuture<Long> claimed(String master, long epoch) throws IOException, InterruptedException {
        CompletableFuture<Long> claimed = new CompletableFuture<>();
        watch(master, new ClaimWatch(master, epoch, claimed));
        return claimed;
    }

    /** Notes when a master record changes, and looks afterwards whether that was a claim. */
    private final class ClaimWatch implements Watcher {

        private static final long AFTERWARDS_MILLIS = 100;

        private final String master;
        private final long epoch;
        private final CompletableFuture<Long> claimed;
        private volatile long changedNanos;

        ClaimWatch(String master, long epoch, CompletableFuture<Long> claimed) {
            this.master = master;
            this.epoch = epoch;
            this.claimed = claimed;
        }

        @Override
        public void process(WatchedEvent event) {
            if (event.getType() == EventType.NodeDataChanged && !claimed.isDone()) {
                changedNanos = System.nanoTime();
                readers.schedule(this::look, AFTERWARDS_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        private void look() {
            long nanos = changedNanos;
            zooKeeper.getData(master, false, (code, path, context, data, stat) -> {
                if (data != null && epoch(data) > epoch && claimed.complete(nanos)) {
                    // One that stays is heard no more.
                    zooKeeper.removeWatches(master, this, WatcherType.Any, true, (result, gone, unused) -> { }, null);
                }
            }, null);
        }
    }

    @Override
    public void close() {
        readers.shutdownNow();
        try {
            zooKeeper.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Its session ends by its timeout then.
        }
    }
}
