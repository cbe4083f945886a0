package io.curia.zookeeper;

import io.curia.model.MasterRecord;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.Tenure;
import io.curia.store.NodeSession.Observer;
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import io.curia.zookeeper.Reads.Found;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the node's records whenever something says that they may have changed, and tells the observer what is
 * there.
 *
 * <p>One daemon thread owns the state below; ZooKeeper's event thread, Curator's threads and callers only enqueue.
 * At most one glance is under way; whatever asks for another meanwhile causes one more after it. A watch, a change
 * of the connection, a word of the latch or a caller asks for a glance, and a timer does from time to time, so that
 * none of the others can be missed for long.
 */
final class ObservationLoop implements Watcher {

    private static final Logger LOG = LoggerFactory.getLogger(ObservationLoop.class);
    private static final int POLLS_PER_SESSION_TIMEOUT = 4;
    private static final long FIRST_PLACE_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LAST_PLACE_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final NodeId self;
    private final NodeLink link;
    private final ZnodePaths paths;
    private final ClusterTree tree;
    private final ZkLatch latch;
    private final KnownCluster cluster;
    private final Attention attention;
    private final Duration askedTimeout;
    private final SerialThread thread;
    private final AtomicBoolean requested = new AtomicBoolean();
    private volatile boolean closed;

    private Observer observer;
    private Observation last = Observation.NOTHING;
    private Optional<StoreException> lastFailure = Optional.empty();
    private boolean connected;
    private long glances;
    private boolean glancing;
    private long glancingSinceNanos;
    private boolean again;
    private boolean awaitingPlace;

    ObservationLoop(NodeId self, NodeLink link, ZooKeeperSettings settings) {
        this.self = self;
        this.link = link;
        this.paths = ZnodePaths.of(settings);
        this.tree = new ClusterTree(settings);
        this.cluster = new KnownCluster(self, paths, settings.sessionTimeout());
        this.attention = new Attention(self);
        this.askedTimeout = settings.sessionTimeout();
        this.latch = new ZkLatch(link.client(), paths.latch(), self, () -> post(this::onLeadership));
        this.thread = new SerialThread("zookeeper-" + self);
    }

    void open(Observer told) {
        observer = told;
        link.client().getConnectionStateListenable()
                .addListener((client, state) -> post(() -> onConnectionState(state)));
        // The connection may have been made before anybody listened.
        post(() -> link.connected().ifPresent(zk -> onConnectionState(ConnectionState.CONNECTED)));
        schedulePoll();
    }

    /** Asks for a glance soon. From any thread. */
    void request() {
        if (requested.compareAndSet(false, true)) {
            post(this::glance);
        }
    }

    /** Runs {@code task} on the loop's thread; returns false if the loop is closed. */
    boolean post(Runnable task) {
        return thread.post(task);
    }

    void enterLatch() {
        if (latch.enter(System.nanoTime()) && !awaitingPlace) {
            awaitingPlace = true;
            awaitPlace(FIRST_PLACE_CHECK_NANOS);
        }
    }

    /** {@code LeaderLatch} does not say when it has got its place: look, at first often. */
    private void awaitPlace(long nanos) {
        thread.schedule(() -> {
            awaitingPlace = !latch.path().isPresent() && latch.isWaiting();
            if (awaitingPlace) {
                awaitPlace(Math.min(nanos * 2, LAST_PLACE_CHECK_NANOS));
            } else {
                request();
            }
        }, nanos);
    }

    void dropLatch() {
        latch.drop();
        request();
    }

    void close() {
        closed = true;
        thread.close();
        latch.drop();
    }

    @Override
    public void process(WatchedEvent event) {
        if (paths.cluster().equals(event.getPath())) {
            // A watch is told before anything newer is read, so no glance at another cluster gets past this.
            post(cluster::doubt);
        }
        if (event.getType() != Event.EventType.None) {
            request();
        }
    }

    private void schedulePoll() {
        Duration timeout = last.sessionTimeout().isZero() ? askedTimeout : last.sessionTimeout();
        thread.schedule(() -> {
            schedulePoll();
            glance();
        }, timeout.toNanos() / POLLS_PER_SESSION_TIMEOUT);
    }

    private void onConnectionState(ConnectionState state) {
        switch (state) {
            case CONNECTED, RECONNECTED -> {
                connected = true;
                latch.onReconnected(System.nanoTime());
                glance();
            }
            case SUSPENDED, READ_ONLY -> {
                connected = false;
                if (last.connected()) {
                    deliver(last.disconnected());
                }
            }
            case LOST -> {
                connected = false;
                deliver(last.sessionLost());
            }
        }
    }

    /**
     * The one level that is not read from ZooKeeper has changed. If nothing else is known to have, it is told at
     * once: on the way to a claim this saves a round trip.
     */
    private void onLeadership() {
        Optional<LatchPlace> seen = last.latch();
        if (connected && last.connected() && !glancing && seen.isPresent()
                && latch.path().equals(seen.map(LatchPlace::path)) && seen.get().leading() != latch.isLeading()) {
            LatchPlace now = new LatchPlace(seen.get().path(), latch.isLeading(), latch.isFirst());
            deliver(last.withLatch(Optional.of(now)));
        }
        glance();
    }

    private void glance() {
        requested.set(false);
        Optional<ZooKeeper> zk = link.connected();
        if (closed || !connected || zk.isEmpty()) {
            // Being connected again asks anew.
            return;
        }
        long nowNanos = System.nanoTime();
        // A glance that never comes back cannot be; should it be all the same, it is given up after two timeouts.
        if (glancing && nowNanos - glancingSinceNanos < 2 * askedTimeout.toNanos()) {
            again = true;
            return;
        }
        glancing = true;
        glancingSinceNanos = nowNanos;
        again = false;
        long number = ++glances;
        Glance.Request request =
                attention.next(nowNanos, !cluster.isCheckedIn(zk.get()), latch.path(), last);
        Glance.take(zk.get(), paths, self, request, this)
                .thenAccept(glance -> post(() -> onGlance(number, glance)));
    }

    private void onGlance(long number, Glance glance) {
        if (number != glances) {
            return;
        }
        boolean done = true;
        try {
            done = evaluate(number, glance);
        } catch (StoreException e) {
            fail(e);
        } finally {
            if (done) {
                glanceDone();
            }
        }
    }

    private void glanceDone() {
        glancing = false;
        if (again) {
            glance();
        }
    }

    /** Returns whether this glance is over; if not, it goes on when more has been read. */
    private boolean evaluate(long number, Glance glance) {
        Optional<StoreException> failure = glance.failure();
        if (failure.isPresent()) {
            if (failure.get().kind() != Kind.UNAVAILABLE) {
                throw failure.get();
            }
            return true;
        }
        if (glance.cluster().isPresent() && !identify(number, glance.zk(), glance.cluster().get())) {
            return false;
        }
        if (!cluster.isCheckedIn(glance.zk())) {
            again = true;
            return true;
        }
        if (!glance.master().isThere()) {
            throw new StoreException(Kind.NOT_FOUND, paths.master() + ": the cluster's znodes were removed");
        }
        MasterRecord master = RecordCodec.masterRecord(paths.master(), glance.master().data(),
                glance.master().stat().getVersion());
        Optional<NodeId> holder = master.tenure().map(Tenure::id).filter(id -> !id.equals(self));
        if (holder.isPresent() && !holder.equals(glance.holderId())) {
            glance.withHolder(paths, holder.get(), this).thenAccept(full -> post(() -> onGlance(number, full)));
            return false;
        }
        again |= attention.missesAfter(glance) || glance.intents().missesQueue();
        if (connected) {
            lastFailure = Optional.empty();
            deliver(glance.observation(self, master, latch));
        }
        return true;
    }

    /** Learns which cluster this is; makes it, if it was never made. Returns false while that takes. */
    private boolean identify(long number, ZooKeeper zk, Found found) {
        KnownCluster.Verdict verdict = cluster.check(zk, found);
        switch (verdict) {
            case NEVER_MADE -> tree.complete(zk)
                    .whenComplete((made, failure) -> post(() -> onTree(number, failure)));
            case FIRST_SEEN -> observer.onCluster(cluster.identity());
            case SAME -> { }
        }
        return verdict != KnownCluster.Verdict.NEVER_MADE;
    }

    private void onTree(long number, Throwable failure) {
        if (number != glances) {
            return;
        }
        Throwable cause = failure != null && failure.getCause() != null ? failure.getCause() : failure;
        again |= cause == null;
        if (cause instanceof StoreException known && known.kind() != Kind.UNAVAILABLE) {
            fail(known);
        } else if (cause != null) {
            LOG.warn("node {}: the cluster's znodes could not be made, trying again", self, cause);
        }
        glanceDone();
    }

    private void fail(StoreException failure) {
        boolean known = lastFailure.filter(before -> before.kind() == failure.kind()
                && before.getMessage().equals(failure.getMessage())).isPresent();
        if (!known && !closed) {
            lastFailure = Optional.of(failure);
            observer.onFailure(failure);
        }
    }

    private void deliver(Observation observation) {
        last = observation;
        if (!closed) {
            observer.onObservation(observation);
        }
    }
}
