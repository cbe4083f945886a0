package io.curia.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.curia.model.Cause;
import io.curia.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AsyncCallback;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * A bystander with a client of its own: makes the register, collects the traces of what was committed and every
 * version of the master record that it can see, and clears the traces away so that they do not pile up.
 */
final class Keeper implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SESSION_MILLIS = 60_000;
    private static final int ANY_VERSION = -1;
    private static final long LOOK_MILLIS = 200;
    private static final long HARVEST_MILLIS = 2_000;

    private final ZooKeeper client;
    private final RegisterPaths paths;
    private final Queue<Sighting> sightings = new ConcurrentLinkedQueue<>();
    private final Queue<Commit> commits = new ConcurrentLinkedQueue<>();
    private final Semaphore moved = new Semaphore(0);
    private volatile boolean closed;
    private volatile Optional<Throwable> broken = Optional.empty();

    private interface Use<T> {
        T of(ZooKeeper client) throws KeeperException, InterruptedException;
    }

    private interface Loop {
        void run() throws Exception;
    }

    private Keeper(ZooKeeper client, RegisterPaths paths) {
        this.client = client;
        this.paths = paths;
    }

    /** Returns a keeper of a new register, which has begun to look. */
    static Keeper start(String connect, RegisterPaths paths) throws Exception {
        Keeper keeper = new Keeper(new ZooKeeper(connect, SESSION_MILLIS, event -> { }), paths);
        keeper.make(RegisterPaths.ROOT);
        keeper.make(paths.base());
        keeper.make(paths.register());
        keeper.make(paths.traces());
        keeper.loop("sightings", keeper::watchMaster);
        keeper.loop("harvest", keeper::harvestNowAndThen);
        return keeper;
    }

    private void make(String path) throws Exception {
        try {
            retried(zk -> zk.create(path, new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));
        } catch (KeeperException.NodeExistsException e) {
            // Made by an earlier attempt whose answer was lost, or for another cluster.
            return;
        }
    }

    private void loop(String name, Loop body) {
        Thread thread = new Thread(() -> {
            try {
                body.run();
            } catch (Exception e) {
                broken = closed ? broken : Optional.of(e);
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The bystander must not be what fails while servers come and go. */
    private <T> T retried(Use<T> use) throws KeeperException, InterruptedException {
        while (true) {
            try {
                return use.of(client);
            } catch (KeeperException.ConnectionLossException e) {
                // The client connects again by itself; until then calls wait for it or fail like this one.
                continue;
            }
        }
    }

    private void watchMaster() throws Exception {
        int known = -1;
        while (!closed) {
            Stat stat = new Stat();
            try {
                byte[] data = retried(zk -> zk.getData(paths.master(), event -> moved.release(), stat));
                if (stat.getVersion() != known) {
                    known = stat.getVersion();
                    sighting(data, stat).ifPresent(sightings::add);
                }
            } catch (KeeperException.NoNodeException e) {
                // No node has made the cluster yet.
                known = -1;
            }
            if (moved.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                moved.drainPermits();
            }
        }
    }

    private static Optional<Sighting> sighting(byte[] data, Stat stat) throws IOException {
        JsonNode json = JSON.readTree(data);
        if (!json.hasNonNull("epoch")) {
            return Optional.empty();
        }
        return Optional.of(new Sighting(stat.getVersion(), stat.getMzxid(), json.get("epoch").asLong(),
                json.get("id").asText() + "/" + json.get("incarnation").asText(),
                Cause.valueOf(json.get("cause").asText()), json.hasNonNull("ending"), System.nanoTime()));
    }

    private void harvestNowAndThen() throws Exception {
        Semaphore never = new Semaphore(0);
        while (!closed) {
            harvest();
            never.tryAcquire(HARVEST_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Notes and clears away every trace there is; returns how many there were. */
    private synchronized int harvest() throws Exception {
        List<String> marks = retried(zk -> zk.getChildren(paths.traces(), false));
        List<CompletableFuture<Optional<Commit>>> found = marks.stream().map(this::look).toList();
        int harvested = 0;
        for (CompletableFuture<Optional<Commit>> each : found) {
            Optional<Commit> commit = each.get();
            if (commit.isPresent()) {
                commits.add(commit.get());
                retriedDelete(paths.trace(commit.get().mark()));
                harvested++;
            }
        }
        return harvested;
    }

    /** Completes with nothing if the answer was lost; the trace stays for the next harvest then. */
    private CompletableFuture<Optional<Commit>> look(String mark) {
        CompletableFuture<Optional<Commit>> seen = new CompletableFuture<>();
        AsyncCallback.StatCallback heard = (rc, path, context, stat) -> seen.complete(Code.get(rc) == Code.OK
                ? Optional.of(new Commit(mark, stat.getCzxid())) : Optional.empty());
        client.exists(paths.trace(mark), false, heard, null);
        return seen;
    }

    /** A trace that was noted must go, or it would be noted twice. */
    private void retriedDelete(String path) throws KeeperException, InterruptedException {
        try {
            retried(zk -> {
                zk.delete(path, ANY_VERSION);
                return null;
            });
        } catch (KeeperException.NoNodeException e) {
            // Deleted by an earlier attempt whose answer was lost.
            return;
        }
    }

    /** Returns the ids that queue in the latch and are registered. */
    Set<String> candidates() throws KeeperException, InterruptedException {
        Set<String> ids = new TreeSet<>();
        for (String place : queue()) {
            if (retried(zk -> zk.exists(paths.live(place), false)) != null) {
                ids.add(place);
            }
        }
        return ids;
    }

    /** Returns the ids in the latch, the first in the queue first. */
    List<String> queue() throws KeeperException, InterruptedException {
        List<String> ids = new ArrayList<>();
        try {
            List<String> places = new ArrayList<>(retried(zk -> zk.getChildren(paths.latch(), false)));
            places.sort((a, b) -> a.substring(a.lastIndexOf('-')).compareTo(b.substring(b.lastIndexOf('-'))));
            for (String place : places) {
                data(paths.latch() + "/" + place).ifPresent(ids::add);
            }
        } catch (KeeperException.NoNodeException e) {
            // No node has made the cluster yet: nobody queues.
            return List.of();
        }
        return ids;
    }

    private Optional<String> data(String path) throws KeeperException, InterruptedException {
        try {
            return Optional.of(new String(retried(zk -> zk.getData(path, false, null)), StandardCharsets.UTF_8));
        } catch (KeeperException.NoNodeException e) {
            // Gone since it was listed.
            return Optional.empty();
        }
    }

    /** Writes the register as a program does that knows nothing of fences; throws {@link StoreException}. */
    static void writeUnfenced(ZooKeeper client, RegisterPaths paths, String mark) {
        try {
            client.multi(List.of(
                    Op.setData(paths.register(), mark.getBytes(StandardCharsets.US_ASCII), ANY_VERSION),
                    Op.create(paths.trace(mark), new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT)));
        } catch (KeeperException e) {
            throw new StoreException(StoreException.Kind.UNKNOWN_RESULT, "written without a fence", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Kind.UNKNOWN_RESULT, "interrupted", e);
        }
    }

    /** Returns every version of the master record seen so far. */
    List<Sighting> sightings() {
        return List.copyOf(sightings);
    }

    /** Returns every commit noted so far. */
    List<Commit> commits() {
        return List.copyOf(commits);
    }

    /** Returns every commit, once nobody writes any more: harvests until there is nothing left. */
    List<Commit> allCommits() throws Exception {
        while (harvest() > 0) {
            continue;
        }
        return List.copyOf(commits);
    }

    Register register() throws KeeperException, InterruptedException {
        Stat stat = new Stat();
        byte[] data = retried(zk -> zk.getData(paths.register(), false, stat));
        return new Register(new String(data, StandardCharsets.US_ASCII), stat.getMzxid(), stat.getVersion());
    }

    /** Fails if one of the loops did. */
    void requireSound() {
        broken.ifPresent(failure -> {
            throw new IllegalStateException("the bystander failed", failure);
        });
    }

    @Override
    public void close() {
        closed = true;
        try {
            client.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
