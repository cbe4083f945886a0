package io.curia.zookeeper;

import io.curia.model.Incarnation;
import io.curia.model.Intents;
import io.curia.model.MasterRecord;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.Observation.Registration;
import io.curia.model.Pause;
import io.curia.model.RosterEntry;
import io.curia.model.Switchover;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import io.curia.zookeeper.Reads.Children;
import io.curia.zookeeper.Reads.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/**
 * The znodes that one observation is made of. Each is a {@link Source} of its own and is read when it has changed; a
 * further one takes a field, a place in {@link #sources}, and a word in {@link #observation}.
 *
 * <p>What each shows is never older than what it showed before; between them nothing is promised but this: a
 * registration was read after the record that names it, this node's own after its roster entry, and that of the last
 * tenure's holder after the tenure. What is gone then was gone after it was named, never before.
 */
final class Sight {

    /** Wanted for the first time by whoever has just become master, in whose way the linking of it would be. */
    private static final Function<Registration, Incarnation> INCARNATION = Registration::incarnation;
    private static final long LISTING_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final NodeId self;
    private final ZnodePaths paths;
    private final ZkLatch latch;
    private final KnownPlaces places;
    private final Runnable onQueueMoved;
    /** Always the same: set twice at one place, it is told once. */
    private final Watcher whenPredecessorGoes;
    private final Source<Found> cluster;
    private final Source<Optional<RosterEntry>> roster;
    private final Source<Optional<Registration>> live;
    private final Source<Found> place;
    private final Source<MasterRecord> master;
    private final Source<Optional<Incarnation>> holder;
    private final Source<Versioned<Switchover>> switchover;
    private final Source<Versioned<Pause>> pause;
    private final QueueSource queue;
    /** In the order in which they are read: a record before the registration it names. */
    private final List<Source<?>> sources;
    private ZooKeeper zk;
    private long listedNanos;
    private boolean relist;

    /**
     * Makes a sight of nothing yet.
     *
     * @param onEvent runs what it is given on the thread that owns this, after a watch has fired
     * @param onTenureEvent the same, if what has changed is the last tenure or its holder's registration
     * @param onPlaceGone is told of a place in the latch that is gone, at once, on ZooKeeper's event thread: it is
     *     named once and never again, so no later look, at it or anything else, can show otherwise
     * @param onQueueMoved is told, on the same thread, that the place right ahead is gone, or may be
     */
    Sight(NodeId self, ZnodePaths paths, ZkLatch latch, KnownPlaces places, Consumer<Runnable> onEvent,
            Consumer<Runnable> onTenureEvent, Consumer<String> onPlaceGone, Runnable onQueueMoved) {
        this.self = self;
        this.paths = paths;
        this.latch = latch;
        this.places = places;
        this.onQueueMoved = onQueueMoved;
        this.whenPredecessorGoes = event -> onQueueMoved.run();
        this.cluster = new Source<Found>(found -> found, onEvent).at(paths.cluster(), true);
        this.roster = new Source<>(ZkClusterStore::entry, onEvent).at(paths.roster(self), false);
        this.live = new Source<>(this::registration, onEvent).at(paths.live(self), false);
        this.place = new Source<>(found -> found, onEvent, onPlaceGone);
        this.master = new Source<>(this::masterRecord, onTenureEvent).at(paths.master(), true);
        this.holder = new Source<>(Sight::incarnation, onTenureEvent);
        this.switchover = new Source<>(IntentCodec::switchover, onEvent).at(paths.switchover(), true);
        this.pause = new Source<>(IntentCodec::pause, onEvent).at(paths.pause(), true);
        this.queue = new QueueSource(paths, onEvent);
        this.sources = List.of(cluster, roster, live, place, master, holder, switchover, pause);
        roster.precedes(live);
        master.precedes(holder);
    }

    /** Whatever was seen may have changed without a word. */
    void doubt() {
        sources.forEach(Source::doubt);
        queue.doubt();
    }

    /** Returns whether something is to be read. */
    boolean isStale() {
        return queue.isStale() || sources.stream().anyMatch(Source::isStale);
    }

    /** Has the queue listed with whatever is read next: who leads is another, so others are ahead. */
    void relist() {
        relist = !latch.isFirst();
    }

    /** Returns the handle that everything was read with; null before the first. */
    ZooKeeper handle() {
        return zk;
    }

    /**
     * Reads on this handle whatever is to be read. What each of these completes with is to be run on the owner's
     * thread, in the order in which they complete.
     */
    List<CompletableFuture<Runnable>> refresh(ZooKeeper handle, long nowNanos) {
        if (handle != zk) {
            zk = handle;
            sources.forEach(Source::forget);
            doubt();
        }
        Optional<String> queued = latch.path();
        place.follow(queued);
        List<CompletableFuture<Runnable>> answers = new ArrayList<>();
        sources.stream().filter(Source::isStale).forEach(source -> answers.add(source.read(zk)));
        if (queue.isStale()) {
            // Its order is about to matter: whoever is right behind the master now may be told to take over.
            relist();
            answers.add(queue.read(zk));
        }
        if (queued.isPresent() && isListingDue(nowNanos)) {
            listedNanos = nowNanos;
            relist = false;
            answers.add(Reads.children(zk, paths.latch())
                    .thenApply(queue -> () -> listed(handle, queued.get(), queue)));
        }
        return answers;
    }

    /** Whoever is next will have to know at once whose the places are. */
    private void listed(ZooKeeper handle, String path, Children queue) {
        latch.onListed(path, queue);
        if (!latch.isFirst() && !latch.isFarBehind() && queue.code() == Code.OK) {
            places.read(handle, queue);
        }
        latch.predecessor().ifPresent(before -> Reads.exists(handle, before, whenPredecessorGoes)
                .thenAccept(found -> {
                    if (found.failure().isEmpty() && !found.isThere()) {
                        onQueueMoved.run();
                    }
                }));
    }

    /** When this place was never looked for in it, and now and then, because the answer is as long as the queue. */
    private boolean isListingDue(long nowNanos) {
        long pauseNanos = Math.max(LISTING_NANOS, TimeUnit.MILLISECONDS.toNanos(zk.getSessionTimeout()) / 2);
        return relist || !latch.isListed() || nowNanos - listedNanos > pauseNanos;
    }

    /** Takes what a commit on this handle has left behind for seen; returns whether any of it matters here. */
    boolean learn(ZooKeeper handle, List<Found> left) {
        boolean concerned = false;
        if (handle == zk) {
            for (Source<?> source : sources) {
                concerned |= left.stream().filter(source::learn).count() > 0;
            }
        }
        return concerned;
    }

    /** Returns why something could not be read, if so. */
    Optional<StoreException> failure() {
        return sources.stream().flatMap(source -> source.failure().stream()).findFirst();
    }

    /**
     * Returns the cluster's znode; empty while it has to be looked at anew. A watch is told before anything newer is
     * read, so nothing that was read of another cluster gets past this.
     */
    Optional<Found> cluster() {
        return cluster.isStale() ? Optional.empty() : cluster.seen();
    }

    /** Returns what is seen; empty while part of it has yet to be read. Tells the latch if its place is gone. */
    Optional<Observation> observation() throws StoreException {
        Optional<Tenure> tenure = master.value().flatMap(MasterRecord::tenure);
        holder.follow(tenure.map(Tenure::id).filter(id -> !id.equals(self)).map(paths::live));
        if (!List.of(roster, live, master, holder, switchover, pause).stream().allMatch(Source::isKnown)) {
            return Optional.empty();
        }
        Optional<Registration> mine = live.value().orElseThrow();
        Optional<Incarnation> holding = tenure.filter(last -> last.id().equals(self)).isPresent()
                ? mine.map(INCARNATION)
                : holder.value().flatMap(found -> found);
        boolean holderLive = tenure.filter(last -> holding.filter(last::isOf).isPresent()).isPresent();
        return Optional.of(new Observation(true, zk.getSessionId(), Duration.ofMillis(zk.getSessionTimeout()),
                roster.value().orElseThrow(), mine, latchPlace(), master.value().orElseThrow(), holderLive,
                intents()));
    }

    private Intents intents() {
        Versioned<Switchover> wish = switchover.value().orElseThrow();
        Instant now = Instant.now();
        queue.want(wish.what().filter(asked -> asked.concernsQueue(now)).isPresent());
        return new Intents(wish, pause.value().orElseThrow(), queue.seen());
    }

    /** Shown only once it is known whether it is the first: who leads and does not know yet is not settled. */
    private Optional<LatchPlace> latchPlace() {
        place.value().filter(found -> !isMine(found)).map(Found::path).ifPresent(latch::lose);
        // It may also have been withdrawn since it was read.
        return place.seen().map(Found::path)
                .filter(path -> latch.isListed() && latch.path().equals(Optional.of(path)))
                .map(path -> new LatchPlace(path, latch.isLeading(), latch.ahead(), latch.predecessor()));
    }

    private boolean isMine(Found found) {
        return found.isThere() && found.stat().getEphemeralOwner() == zk.getSessionId();
    }

    private Optional<Registration> registration(Found found) {
        return incarnation(found).map(incarnation -> new Registration(incarnation, isMine(found)));
    }

    private static Optional<Incarnation> incarnation(Found found) {
        return found.isThere() ? Optional.of(RecordCodec.incarnation(found.path(), found.data())) : Optional.empty();
    }

    private MasterRecord masterRecord(Found found) {
        if (!found.isThere()) {
            throw new StoreException(Kind.NOT_FOUND, paths.master() + ": the cluster's znodes were removed");
        }
        return RecordCodec.masterRecord(found.path(), found.data(), found.stat().getVersion());
    }
}
