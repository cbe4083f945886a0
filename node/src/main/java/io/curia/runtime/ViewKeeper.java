package io.curia.runtime;

import io.curia.model.ClusterView;
import io.curia.model.Intents;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a recent view of the whole cluster, for whoever asks this node and for its listeners.
 *
 * <p>A change asks for a reading; readings are spaced by the square of the cluster's size, because N nodes that each
 * read N records at every one of N joins would be the largest load in the cluster, and while many join at once it only
 * counts them. No decision depends on this view but who goes before whom in the queue, which may be late.
 */
final class ViewKeeper {

    private static final Logger log = LoggerFactory.getLogger(ViewKeeper.class);
    private static final Duration RECONCILE_EVERY = Duration.ofSeconds(60);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    /** Not sooner: just after a change of master the processors have better things to do, in every node at once. */
    private static final long MIN_SPACING_MILLIS = 200;
    private static final long MAX_SPACING_MILLIS = 30_000;
    /** Whoever comes while so many others do will see little of what it reads: it waits for so many spacings. */
    private static final int MOST_SPACINGS = 8;
    private static final int FEW_NEWCOMERS = 3;
    /** Among so many the first reading waits for longer than a crowd takes to show that it is one. */
    private static final int MANY = 40;
    /** At two records a member and some 50 µs of work each, all views together take a fifth of a core at most. */
    private static final double MILLIS_PER_SQUARE = 0.5;

    private final ClusterStore store;
    private final Consumer<ClusterView> onView;
    private final ScheduledExecutorService chores;
    private final AtomicBoolean asked = new AtomicBoolean();
    /** Whether a watch on the members is set; only the keeper's thread and the watch itself touch it. */
    private final AtomicBoolean watching = new AtomicBoolean();
    /** The same object until something is another: whoever shows it, shows it again for every new one. */
    private volatile Optional<ClusterView> view = Optional.empty();
    /** What operators want by the last word of this node's own session, which is told of every change of it. */
    private Optional<Intents> wanted = Optional.empty();
    /** How many members there are, as far as is known. */
    private volatile int size;

    ViewKeeper(ClusterStore store, ScheduledExecutorService chores, Consumer<ClusterView> onView) {
        this.store = store;
        this.chores = chores;
        this.onView = onView;
    }

    /** Returns the last view read, with what operators want by now; empty before the first. */
    Optional<ClusterView> view() {
        return view;
    }

    /** This is what operators want now; a view need not be read for it. */
    synchronized void wanted(Intents intents) {
        if (!wanted.equals(Optional.of(intents))) {
            wanted = Optional.of(intents);
            view = view.map(shown -> shown.wanting(intents));
        }
    }

    private synchronized void show(ClusterView read) {
        view = Optional.of(wanted.map(read::wanting).orElse(read));
    }

    /**
     * Begins to keep the view; it is also read once in a while without a change.
     *
     * @param atLeast how many members there are, as far as this node knows by itself
     */
    void start(int atLeast) {
        long every = RECONCILE_EVERY.toMillis();
        chores.scheduleWithFixedDelay(this::changed, every, every, TimeUnit.MILLISECONDS);
        if (atLeast >= MANY) {
            size = Math.max(size, atLeast);
        }
        changed();
    }

    /** The cluster may look different; it will be read soon. */
    void changed() {
        if (asked.compareAndSet(false, true)) {
            long delayMillis = halfSpacingMillis() + jitterMillis();
            schedule(delayMillis, delayMillis);
        }
    }

    private long halfSpacingMillis() {
        double wanted = Math.max(MIN_SPACING_MILLIS, MILLIS_PER_SQUARE * size * size);
        return (long) Math.min(MAX_SPACING_MILLIS, wanted) / 2;
    }

    /** Up to as much again, so that the nodes of a large cluster do not read all at once. */
    private long jitterMillis() {
        return ThreadLocalRandom.current().nextLong(halfSpacingMillis() + 1);
    }

    private void schedule(long delayMillis, long waitedMillis) {
        try {
            chores.schedule(() -> read(waitedMillis), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: nobody wants a view any more.
            log.debug("no further view", e);
        }
    }

    private void postpone(long delayMillis, long waitedMillis) {
        if (asked.compareAndSet(false, true)) {
            schedule(delayMillis, waitedMillis + delayMillis);
        }
    }

    private void read(long waitedMillis) {
        asked.set(false);
        try {
            // There may be more members than was known when this was scheduled: whoever has just joined knew of none.
            if (putOff(waitedMillis)) {
                return;
            }
            boolean filling = isFilling();
            if (putOff(waitedMillis)) {
                return;
            }
            if (filling && waitedMillis < MOST_SPACINGS * halfSpacingMillis()) {
                postpone(halfSpacingMillis() + jitterMillis(), waitedMillis);
                return;
            }
            watch();
            ClusterView read = store.view();
            show(read);
            size = read.members().size();
            onView.accept(read);
        } catch (StoreException e) {
            log.debug("the view could not be read: {} {}", e.kind(), e.getMessage());
            postpone(RETRY_AFTER.toMillis(), waitedMillis);
        }
    }

    /** Has the reading wait for what its spacing lacks; returns whether that is anything. */
    private boolean putOff(long waitedMillis) {
        long missingMillis = halfSpacingMillis() - waitedMillis;
        if (missingMillis > 0) {
            postpone(missingMillis + jitterMillis(), waitedMillis);
        }
        return missingMillis > 0;
    }

    /**
     * Returns whether so many have come since the last time that more are to be expected. They are only counted: each
     * of many newcomers listing all the others, to put off its reading, would be a load of its own.
     */
    private boolean isFilling() {
        if (watching.get()) {
            return false;
        }
        int live = store.countMembers();
        boolean filling = live - size > Math.max(FEW_NEWCOMERS, size / 10);
        size = Math.max(size, live);
        return filling;
    }

    /** Sets the watch, before reading, so that no change falls between the two. */
    private void watch() {
        if (watching.compareAndSet(false, true)) {
            try {
                store.watchMembers(() -> {
                    watching.set(false);
                    changed();
                });
            } catch (StoreException e) {
                watching.set(false);
                throw e;
            }
        }
    }
}
