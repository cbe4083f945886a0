package io.curia.zookeeper;

import io.curia.model.ClusterIdentity;
import io.curia.model.Incarnation;
import io.curia.model.MasterRecord;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.Observation.Registration;
import io.curia.model.Tenure;
import io.curia.store.NodeSession.Observer;
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import io.curia.zookeeper.Reads.Found;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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
    private static final long LISTING_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int POLLS_PER_SESSION_TIMEOUT = 4;
    private static final long FIRST_PLACE_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LAST_PLACE_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final NodeId self;
    private final NodeLink link;
    private final ZnodePaths paths;
    private final ClusterTree tree;
    private final ZkLatch latch;
    private final Duration askedTimeout;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicBoolean requested = new AtomicBoolean();
    private volatile boolean closed;

    private Observer observer;
    private Observation last = Observation.NOTHING;
    private Optional<StoreException> lastFailure = Optional.empty();
    private ClusterIdentity cluster;
    private long identifiedSession;
    private boolean connected;
    private long glances;
    private boolean glancing;
    private long glancingSinceNanos;
    private boolean again;
    private boolean rosterThere = true;
    private boolean liveThere;
    private Optional<String> listedFor = Optional.empty();
    private long listedNanos;
    private boolean awaitingPlace;

    ObservationLoop(NodeId self, NodeLink link, ZooKeeperSettings settings) {
        this.self = self;
        this.link = link;
        this.paths = ZnodePaths.of(settings);
        this.tree = new ClusterTree(settings, link.acl());
        this.askedTimeout = settings.sessionTimeout();
        this.latch = new ZkLatch(link.client(), paths.latch(), self, () -> post(this::onLeadership));
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread created = new Thread(task, "zookeeper-" + self);
            created.setDaemon(true);
            return created;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRemoveOnCancelPolicy(true);
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
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.error("node {}: a fault while observing ZooKeeper", self, e);
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: nobody is to be told anything any more.
            return false;
        }
    }

    void enterLatch() {
        if (latch.enter(System.nanoTime()) && !awaitingPlace) {
            awaitingPlace = true;
            awaitPlace(FIRST_PLACE_CHECK_NANOS);
        }
    }

    /** {@code LeaderLatch} does not say when it has got its place: look, at first often. */
    private void awaitPlace(long nanos) {
        schedule(() -> {
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
        thread.shutdown();
        latch.drop();
    }

    @Override
    public void process(WatchedEvent event) {
        if (event.getType() != Event.EventType.None) {
            request();
        }
    }

    private void schedule(Runnable task, long nanos) {
        try {
            thread.schedule(() -> post(task), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("node {}: closed, nothing is scheduled any more", self, e);
        }
    }

    private void schedulePoll() {
        Duration timeout = last.sessionTimeout().isZero() ? askedTimeout : last.sessionTimeout();
        schedule(() -> {
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
            case SUSPENDED, LOST, READ_ONLY -> {
                connected = false;
                if (last.connected()) {
                    deliver(last.disconnected());
                }
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
            deliver(new Observation(true, last.sessionId(), last.sessionTimeout(), last.roster(), last.live(),
                    Optional.of(now), last.master(), last.holderLive()));
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
        Optional<String> place = latch.path();
        boolean list = place.isPresent() && (!place.equals(listedFor)
                || nowNanos - listedNanos > Math.max(LISTING_NANOS, last.sessionTimeout().toNanos() / 2));
        if (list) {
            listedFor = place;
            listedNanos = nowNanos;
        }
        Glance.take(zk.get(), paths, self, new Glance.Request(zk.get().getSessionId() != identifiedSession, list,
                        rosterThere, liveThere, place, last.master().tenure().map(Tenure::id)
                        .filter(id -> !id.equals(self))), this)
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
        }
        if (done) {
            glanceDone();
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
        again |= rosterThere && !glance.roster().isThere() || liveThere && !glance.live().isThere();
        rosterThere = glance.roster().isThere();
        liveThere = glance.live().isThere();
        if (connected) {
            lastFailure = Optional.empty();
            deliver(observation(glance, master));
        }
        return true;
    }

    /** Learns which cluster this is, once a session; makes it, if it was never seen. False while that takes. */
    private boolean identify(long number, ZooKeeper zk, Found found) {
        if (!found.isThere()) {
            if (cluster != null) {
                throw new StoreException(Kind.NOT_FOUND, paths.cluster() + ": the cluster's znodes were removed");
            }
            tree.complete(zk).whenComplete((made, failure) -> post(() -> onTree(number, failure)));
            return false;
        }
        ClusterIdentity read = RecordCodec.clusterIdentity(paths.cluster(), found.data());
        if (cluster == null) {
            cluster = read;
            observer.onCluster(read);
        } else if (!cluster.uuid().equals(read.uuid())) {
            throw new StoreException(Kind.CORRUPT, paths.cluster() + ": this is another cluster now, " + read.uuid()
                    + " (expected: " + cluster.uuid() + "); its epochs say nothing about this node's");
        }
        identifiedSession = zk.getSessionId();
        logSession(zk);
        return true;
    }

    private void logSession(ZooKeeper zk) {
        String session = Long.toHexString(zk.getSessionId());
        if (zk.getSessionTimeout() == askedTimeout.toMillis()) {
            LOG.info("node {}: ZooKeeper session 0x{} timeout {} ms", self, session, zk.getSessionTimeout());
        } else {
            LOG.warn("node {}: ZooKeeper session 0x{} timeout {} ms, asked for {} ms: the servers' minSessionTimeout "
                    + "and maxSessionTimeout decide", self, session, zk.getSessionTimeout(), askedTimeout.toMillis());
        }
    }

    private void onTree(long number, Throwable failure) {
        if (number != glances) {
            return;
        }
        Throwable cause = failure != null && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof StoreException known) {
            if (known.kind() != Kind.UNAVAILABLE) {
                fail(known);
            }
        } else if (cause != null) {
            LOG.error("node {}: a fault while making the cluster's znodes", self, cause);
        } else {
            again = true;
        }
        glanceDone();
    }

    private Observation observation(Glance glance, MasterRecord master) {
        long session = glance.zk().getSessionId();
        Optional<Registration> live = incarnation(glance.live())
                .map(found -> new Registration(found, glance.live().stat().getEphemeralOwner() == session));
        boolean holderLive = master.tenure().filter(tenure -> (tenure.id().equals(self)
                        ? live.map(Registration::incarnation)
                        : glance.holder().flatMap(this::incarnation))
                .filter(tenure::isOf).isPresent()).isPresent();
        return new Observation(true, session, Duration.ofMillis(glance.zk().getSessionTimeout()),
                glance.roster().isThere() ? Optional.of(RecordCodec.rosterEntry(glance.roster().path(),
                        glance.roster().data(), glance.roster().stat().getVersion())) : Optional.empty(),
                live, place(glance, session), master, holderLive);
    }

    private Optional<Incarnation> incarnation(Found found) {
        return found.isThere()
                ? Optional.of(RecordCodec.member(found.path(), found.data()).incarnation()) : Optional.empty();
    }

    private Optional<LatchPlace> place(Glance glance, long session) {
        if (glance.place().isEmpty()) {
            return Optional.empty();
        }
        Found found = glance.place().get();
        if (!found.isThere() || found.stat().getEphemeralOwner() != session) {
            latch.lose(found.path());
        }
        // It may also have been withdrawn while this was read.
        if (!latch.path().equals(Optional.of(found.path()))) {
            return Optional.empty();
        }
        glance.queue().ifPresent(queue -> latch.onListed(queue.names()));
        return Optional.of(new LatchPlace(found.path(), latch.isLeading(), latch.isFirst()));
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
