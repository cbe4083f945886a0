package io.curia.admin;

import io.curia.model.ClusterView;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Looks at the cluster until it is as it should be; a store that is away for a while is waited for. */
final class Look {

    private static final Duration STEP = Duration.ofMillis(20);

    private final ClusterStore store;
    private final Time time;
    private final Deadline deadline;
    private ClusterView last;

    Look(ClusterStore store, Time time, Deadline deadline) {
        this.store = store;
        this.time = time;
        this.deadline = deadline;
    }

    /** Returns what is still lacking when the deadline passes; empty as soon as nothing is. */
    Optional<String> until(Function<ClusterView, Optional<String>> lacking) throws InterruptedException {
        while (true) {
            Optional<String> lack = look(lacking);
            if (lack.isEmpty() || deadline.hasPassed()) {
                return lack;
            }
            time.pause(STEP);
        }
    }

    private Optional<String> look(Function<ClusterView, Optional<String>> lacking) throws InterruptedException {
        try {
            last = store.view();
            return lacking.apply(last);
        } catch (StoreException e) {
            if (Thread.interrupted()) {
                throw interruption(e);
            }
            if (!Confirmation.mayPass(e)) {
                throw e;
            }
            return Optional.of("ZooKeeper cannot be reached (" + e.getMessage() + ")");
        }
    }

    private static InterruptedException interruption(StoreException cause) {
        InterruptedException interruption = new InterruptedException("interrupted while looking at the cluster");
        interruption.initCause(cause);
        return interruption;
    }

    /** Returns the view that was seen last. */
    ClusterView last() {
        return last;
    }
}
