package io.curia.runtime;

import io.curia.model.ClusterView;
import io.curia.model.EventType;
import io.curia.model.Happening;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does for the history besides its own changes: the master has the oldest events forgotten, and whoever
 * refuses a join says so, within a ration that strangers cannot exceed however often they knock.
 *
 * <p>Both are favours: what fails is not tried again.
 */
final class HistoryKeeper {

    private static final Logger log = LoggerFactory.getLogger(HistoryKeeper.class);
    private static final long TRIM_EVERY_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int REFUSALS_AT_ONCE = 5;
    private static final long REFUSAL_EVERY_NANOS = Duration.ofSeconds(20).toNanos();

    private final DepartureNotes departures;
    private final NodeId node;
    private final ClusterStore store;
    private final Supplier<Optional<Mastership>> mastership;
    private final Executor chores;
    private final LongSupplier nanos;
    private long trimmedNanos;
    private final Ration refusals;

    HistoryKeeper(NodeId node, ClusterStore store, Supplier<Optional<Mastership>> mastership, Executor chores) {
        this(node, store, mastership, chores, System::nanoTime);
    }

    HistoryKeeper(NodeId node, ClusterStore store, Supplier<Optional<Mastership>> mastership, Executor chores,
            LongSupplier nanos) {
        this.departures = new DepartureNotes(node.value(), store, mastership);
        this.node = node;
        this.store = store;
        this.mastership = mastership;
        this.chores = chores;
        this.nanos = nanos;
        this.trimmedNanos = nanos.getAsLong();
        this.refusals = new Ration(REFUSALS_AT_ONCE, REFUSAL_EVERY_NANOS, nanos.getAsLong());
    }

    /** As master, notes who is gone by this view, and now and then has the oldest events forgotten. Blocks. */
    void onView(ClusterView view) {
        departures.note(view);
        trim();
    }

    private void trim() {
        boolean due = nanos.getAsLong() - trimmedNanos >= TRIM_EVERY_NANOS;
        if (due && mastership.get().filter(Mastership::isValid).isPresent()) {
            trimmedNanos = nanos.getAsLong();
            try {
                int forgotten = store.history().trim();
                if (forgotten > 0) {
                    log.debug("{}: {} events forgotten", node, forgotten);
                }
            } catch (StoreException e) {
                log.debug("{}: the history was not trimmed: {} {}", node, e.kind(), e.getMessage());
            }
        }
    }

    /** Has it recorded that {@code applicant} was not let in, within the ration. Returns at once. */
    void refused(NodeId applicant, String reason) {
        refusals.take(nanos.getAsLong()).ifPresent(withheld -> {
            String words = reason + (withheld == 0 ? "" : " (and " + withheld + " others before it, not recorded)");
            record(Happening.of(EventType.JOIN_REFUSED, applicant, Optional.empty(), node.value(), words));
        });
    }

    private void record(Happening happening) {
        try {
            chores.execute(() -> {
                try {
                    store.history().append(List.of(happening));
                } catch (StoreException e) {
                    log.debug("{}: {} was not recorded: {} {}", node, happening.type(), e.kind(), e.getMessage());
                }
            });
        } catch (RejectedExecutionException e) {
            log.debug("{}: ending, {} is not recorded", node, happening.type());
        }
    }
}
