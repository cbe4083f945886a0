package io.curia.zookeeper;

import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.store.NodeSession.Observer;
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import io.curia.zookeeper.Reads.Found;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads of the node's records whatever may have changed, and tells the observer what is in {@link Sight}.
 *
 * <p>One daemon thread owns the state below; ZooKeeper's event thread, Curator's threads and callers only enqueue.
 * At most one round of reads is under way; what has to be read by the time it ends is read in the next. A watch makes
 * one source be read again; a new connection or a caller make it all of them, and so does a timer from time to time,
 * so that nothing can be missed for long.
 */
final class ObservationLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ObservationLoop.class);
    private static final int POLLS_PER_SESSION_TIMEOUT = 2;

    private final NodeId self;
    private final NodeLink link;
    private final ClusterTree tree;
    private final ZkLatch latch;
    private final PlaceWait place;
    private final LookRound round;
    private final KnownCluster cluster;
    private final Sight sight;
    private final Duration askedTimeout;
    private final SerialThread thread;
    private final Pace pace;
    // Wanted in a change of master, perhaps once in a node's life: made now, they are linked by then.
    private final Runnable hurrying = () -> this.hurried = true;
    private final Runnable telling = this::tellOrAwait;
    private final AtomicBoolean requested = new AtomicBoolean();
    private volatile boolean resting;
    private volatile boolean closed;

    private Observer observer;
    private Observation last = Observation.NOTHING;
    private final Complaints complaints = new Complaints();
    private boolean connected;
    private boolean again;
    /** Whether nothing is to be read before the latch has been heard of, and told of at once. */
    private boolean hurried;

    ObservationLoop(NodeId self, NodeLink link, ZooKeeperSettings settings, KnownPlaces places) {
        ZnodePaths paths = ZnodePaths.of(settings);
        this.self = self;
        this.link = link;
        this.thread = new SerialThread("zookeeper-" + self);
        this.pace = new Pace(thread, this::look, this::lookAtQueue);
        this.tree = new ClusterTree(settings);
        this.cluster = new KnownCluster(self, paths, settings.sessionTimeout());
        this.askedTimeout = settings.sessionTimeout();
        this.round = new LookRound(2 * askedTimeout.toNanos());
        this.latch = new ZkLatch(link.client(), paths.latch(), self, () -> post(telling));
        this.place = new PlaceWait(thread, latch, this::look);
        Runnable lookSoon = () -> pace.ask(false);
        Runnable lookInTurn = () -> pace.ask(latch.isFarBehind());
        this.sight = new Sight(self, paths, latch, places, noted -> onEvent(noted, lookSoon),
                noted -> onEvent(noted, lookInTurn), path -> observer.onPlaceGone(path), pace::muchLater);
    }

    private void onEvent(Runnable noted, Runnable asking) {
        post(() -> {
            noted.run();
            asking.run();
        });
    }

    void open(Observer told) {
        observer = told;
        link.client().getConnectionStateListenable()
                .addListener((client, state) -> post(() -> onConnectionState(state)));
        // The connection may have been made before anybody listened.
        post(() -> link.connected().ifPresent(zk -> onConnectionState(ConnectionState.CONNECTED)));
        schedulePoll();
    }

    /** Has everything looked at anew, soon. From any thread. */
    void request() {
        if (requested.compareAndSet(false, true)) {
            post(() -> {
                requested.set(false);
                lookAtAll();
            });
        }
    }

    /** Takes what a commit on this handle has left for seen, does what follows, and tells it. From any thread. */
    void learn(ZooKeeper zk, List<Found> left, Runnable following) {
        post(() -> {
            boolean concerned = sight.learn(zk, left);
            following.run();
            if (concerned && connected && !closed) {
                tell();
            }
        });
    }

    /** This session is about to lead, by a write of its own: to hear of that comes before everything else. */
    void hurry() {
        post(hurrying);
        pace.askLater();
    }

    /** Runs {@code task} on the loop's thread; false: it is closed. */
    boolean post(Runnable task) {
        return thread.post(task);
    }

    void enterLatch() {
        latch.enter(System.nanoTime());
        // Also if it has a place by now: on a busy machine that may be a new one, which nobody has seen.
        place.begin();
    }

    void dropLatch() {
        latch.drop();
        tellOrAwait();
    }

    /** Looks at nothing until {@link #goOn}, or for so long: what matters next is another's, or an answer. */
    void rest(Optional<Duration> time) {
        resting = true;
        time.ifPresent(length -> thread.schedule(this::goOn, length.toNanos()));
    }

    /** Ends the {@link #rest}, and has everything looked at anew. */
    void goOn() {
        resting = false;
        request();
    }

    /** Looks at nothing any more, and tells nothing: the node has left, and what follows is for others to see. */
    void retire() {
        closed = true;
    }

    void close() {
        closed = true;
        thread.close();
        latch.drop();
    }

    private void schedulePoll() {
        Duration timeout = last.sessionTimeout().isZero() ? askedTimeout : last.sessionTimeout();
        thread.schedule(() -> {
            schedulePoll();
            lookAtAll();
        }, timeout.toNanos() / POLLS_PER_SESSION_TIMEOUT);
    }

    private void onConnectionState(ConnectionState state) {
        switch (state) {
            case CONNECTED, RECONNECTED -> {
                if (!connected) {
                    connected = true;
                    latch.onReconnected(System.nanoTime());
                    lookAtAll();
                }
            }
            case SUSPENDED, READ_ONLY, LOST -> {
                connected = false;
                if (last.connected() || state == ConnectionState.LOST) {
                    deliver(state == ConnectionState.LOST ? last.sessionLost() : last.disconnected());
                }
            }
        }
    }

    private void lookAtAll() {
        sight.doubt();
        look();
    }

    private void lookAtQueue() {
        hurried = false;
        sight.relist();
        look();
    }

    /** Reads what is to be read, unless a round is under way: its end brings the next. */
    private void look() {
        Optional<ZooKeeper> zk = link.connected();
        again = round.isUnderWay();
        if (closed || resting || hurried || !connected || zk.isEmpty() || again) {
            // Being connected again asks anew, and so does the end of each of the others.
            return;
        }
        if (round.isUnanswered()) {
            sight.doubt();
        }
        List<CompletableFuture<Runnable>> answers = sight.refresh(zk.get(), System.nanoTime());
        long number = round.begin(answers.size());
        answers.forEach(answer -> answer.thenAccept(taken -> post(() -> onAnswer(number, taken))));
    }

    private void onAnswer(long number, Runnable taken) {
        if (!round.is(number) || closed) {
            return;
        }
        taken.run();
        if (round.isAnswered()) {
            observer.onLook(Duration.ofNanos(round.ageNanos()));
            if (tell() && (again || sight.isStale())) {
                look();
            }
        }
    }

    /** A level that is not read from ZooKeeper has changed: told with what is being read, or at once. */
    private void tellOrAwait() {
        if (connected && (hurried || !round.isUnderWay() && !sight.isStale())) {
            tell();
        } else if (connected && !round.isUnderWay()) {
            look();
        }
    }

    /** Tells what is in sight, if enough is. Returns whether reading on could help if it is not. */
    private boolean tell() {
        try {
            Optional<StoreException> failure = sight.failure();
            if (failure.isPresent()) {
                if (failure.get().kind() == Kind.UNAVAILABLE) {
                    return false;
                }
                throw failure.get();
            }
            Optional<Found> found = sight.cluster();
            if (found.isPresent() && identify(found.get())) {
                Optional<Observation> seen = sight.observation();
                complaints.settled();
                seen.filter(all -> connected).ifPresent(this::deliver);
            }
            return true;
        } catch (StoreException e) {
            fail(e);
            return false;
        }
    }

    /** Learns which cluster this is; makes it, if it was never made. Returns false while that takes. */
    private boolean identify(Found found) {
        KnownCluster.Verdict verdict = cluster.check(sight.handle(), found);
        switch (verdict) {
            case NEVER_MADE -> {
                long number = round.begin(1);
                tree.complete(sight.handle()).whenComplete((made, failure) -> post(() -> onTree(number, failure)));
            }
            case FIRST_SEEN -> observer.onCluster(cluster.identity());
            case SAME -> { }
        }
        return verdict != KnownCluster.Verdict.NEVER_MADE;
    }

    private void onTree(long number, Throwable failure) {
        if (!round.is(number)) {
            return;
        }
        round.end();
        Throwable cause = failure != null && failure.getCause() != null ? failure.getCause() : failure;
        if (cause == null) {
            lookAtAll();
        } else if (cause instanceof StoreException known && known.kind() != Kind.UNAVAILABLE) {
            fail(known);
        } else {
            LOG.warn("node {}: the cluster's znodes could not be made, trying again", self, cause);
        }
    }

    private void fail(StoreException failure) {
        if (!closed && complaints.isNews(failure)) {
            observer.onFailure(failure);
        }
    }

    private void deliver(Observation observation) {
        if (!observation.master().epoch().equals(last.master().epoch())) {
            pace.ask(true);
        }
        last = observation;
        if (!closed) {
            observer.onObservation(observation);
        }
    }
}
