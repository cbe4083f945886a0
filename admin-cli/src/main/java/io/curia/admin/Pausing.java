package io.curia.admin;

import io.curia.model.ClusterView;
import io.curia.model.Pause;
import io.curia.model.Versioned;
import io.curia.store.ClusterStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** A change of the pause, from the request to the moment when the records show it. */
final class Pausing {

    private final ClusterStore store;
    private final Time time;

    Pausing(ClusterStore store, Time time) {
        this.store = store;
        this.time = time;
    }

    /** Has {@code wanted} stored, whatever pause there was; returns the cluster as seen once it shows. */
    ClusterView pause(Pause wanted, Duration allowed) throws InterruptedException {
        return put(pause -> pause.saying(wanted), Optional.of(wanted), allowed);
    }

    /** Has the pause lifted; returns the cluster as seen once it is. */
    ClusterView resume(Duration allowed) throws InterruptedException {
        return put(Versioned::cleared, Optional.empty(), allowed);
    }

    private ClusterView put(Function<Versioned<Pause>, Versioned<Pause>> change, Optional<Pause> wanted,
            Duration allowed) throws InterruptedException {
        Deadline deadline = Deadline.after(allowed, time);
        IntentWrite write = new IntentWrite(() -> store.intents().pause().what().equals(wanted));
        for (int conflicts = 0; conflicts < IntentWrite.MOST_CONFLICTS; conflicts++) {
            Versioned<Pause> pause = store.intents().pause();
            if (write.attempt(() -> store.putPause(change.apply(pause)), deadline)) {
                return new Confirmation(store).await(view -> missing(view, wanted), deadline);
            }
        }
        throw IntentWrite.givenUp();
    }

    private static Optional<String> missing(ClusterView view, Optional<Pause> wanted) {
        return view.intents().pause().what().equals(wanted) ? Optional.empty()
                : Optional.of("somebody has changed the pause meanwhile");
    }
}
