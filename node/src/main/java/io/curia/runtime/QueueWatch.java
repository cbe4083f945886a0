package io.curia.runtime;

import io.curia.core.Contender;
import io.curia.core.Event;
import io.curia.model.CandidacyNotes;
import io.curia.model.ClusterView;
import io.curia.model.Intents.Place;
import io.curia.model.Member;
import io.curia.model.MemberView;
import io.curia.model.Penalty;
import io.curia.model.Priority;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the core who queues behind whom, for as long as that may matter to it: while somebody live is of higher
 * priority, or this node is held back and somebody else may be not. Elsewhere it reads nothing.
 *
 * <p>Reads on the thread for chores, when the queue has changed or the view of the cluster has.
 */
final class QueueWatch {

    private static final Logger log = LoggerFactory.getLogger(QueueWatch.class);
    private static final long RETRY_AFTER_MILLIS = 1_000;
    /** The queue changes most when somebody has gone, and then whoever is next has more urgent need of the host. */
    private static final long OTHERS_FIRST_MILLIS = 20;

    private final NodeConfig config;
    private final ClusterStore store;
    private final ScheduledExecutorService chores;
    private final Supplier<Optional<ClusterView>> view;
    private final Consumer<Event> post;
    private final Clock clock;
    private final AtomicBoolean asked = new AtomicBoolean();
    /** Whether the queue is still as it was read; what follows is touched by the thread for chores alone. */
    private final AtomicBoolean watching = new AtomicBoolean();
    private List<Place> queue = List.of();
    private List<Contender> told = List.of();
    private volatile CandidacyNotes own = CandidacyNotes.NONE;

    QueueWatch(NodeConfig config, ClusterStore store, ScheduledExecutorService chores,
            Supplier<Optional<ClusterView>> view, Consumer<Event> post, Clock clock) {
        this.config = config;
        this.store = store;
        this.chores = chores;
        this.view = view;
        this.post = post;
        this.clock = clock;
    }

    /** Takes note of what the roster says of this node's own candidacy. */
    void noted(CandidacyNotes notes) {
        if (!notes.penalty().equals(own.penalty())) {
            own = notes;
            changed();
        }
    }

    /** The cluster, or the queue, may look different; looks soon. */
    void changed() {
        if (asked.compareAndSet(false, true)) {
            schedule(OTHERS_FIRST_MILLIS);
        }
    }

    private void schedule(long delayMillis) {
        try {
            chores.schedule(this::look, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: nobody wants to know any more.
            log.debug("{}: no further look at the queue", config.id(), e);
        }
    }

    private void look() {
        asked.set(false);
        Optional<ClusterView> seen = view.get();
        if (seen.filter(this::matters).isEmpty()) {
            tell(List.of());
            return;
        }
        try {
            if (watching.compareAndSet(false, true)) {
                queue = store.watchQueue(() -> {
                    watching.set(false);
                    changed();
                });
            }
            tell(queue.stream().map(place -> contender(place, seen.get())).toList());
        } catch (StoreException e) {
            log.debug("{}: the queue could not be read: {} {}", config.id(), e.kind(), e.getMessage());
            watching.set(false);
            if (asked.compareAndSet(false, true)) {
                schedule(RETRY_AFTER_MILLIS);
            }
        }
    }

    private boolean matters(ClusterView seen) {
        boolean heldBack = own.penalty().filter(penalty -> penalty.runs(clock.instant())).isPresent();
        return seen.live().stream().filter(MemberView::isLiveCandidate)
                .filter(other -> !other.id().equals(config.id()))
                .anyMatch(other -> heldBack || priority(other).value() > config.priority().value());
    }

    private void tell(List<Contender> order) {
        if (!order.equals(told)) {
            told = order;
            post.accept(new Event.OrderSeen(order));
        }
    }

    /** Whoever is not in the view yet is like everybody; the next view says more. */
    private static Contender contender(Place place, ClusterView seen) {
        Optional<MemberView> member = seen.member(place.id());
        return new Contender(place.path(), place.id(), member.map(QueueWatch::priority).orElse(Priority.DEFAULT),
                member.flatMap(known -> known.roster().notes().penalty()).map(Penalty::until).orElse(Instant.MIN));
    }

    private static Priority priority(MemberView member) {
        return member.live().map(Member::priority).orElse(Priority.DEFAULT);
    }
}
