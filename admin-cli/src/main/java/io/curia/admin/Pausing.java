package io.curia.admin;

import io.curia.model.ClusterView;
import io.curia.model.Pause;
import io.curia.model.Versioned;
import io.curia.store.ClusterStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

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
        return put(pause -> store.putPause(pause.saying(wanted)), Optional.of(wanted), allowed);
    }

    /** Has the pause lifted, by {@code actor} for this reason; returns the cluster as seen once it is. */
    ClusterView resume(String actor, String reason, Duration allowed) throws InterruptedException {
        Instant at = time.now().truncatedTo(ChronoUnit.MILLIS);
        return put(pause -> store.liftPause(pause, actor, reason, at), Optional.empty(), allowed);
    }

    private ClusterView put(Consumer<Versioned<Pause>> change, Optional<Pause> wanted,
            Duration allowed) throws InterruptedException {
        Deadline deadline = Deadline.after(allowed, time);
        ConditionalWrite write = ConditionalWrite.ofIntent(() -> store.intents().pause().what().equals(wanted));
        for (int conflicts = 0; conflicts < ConditionalWrite.MOST_CONFLICTS; conflicts++) {
            Versioned<Pause> pause = store.intents().pause();
            // Somebody may have come first: a pause that is over is not ended once more.
            if (pause.what().equals(wanted) || write.attempt(() -> change.accept(pause), deadline)) {
                return new Confirmation(store).await(view -> missing(view, wanted), deadline);
            }
        }
        throw ConditionalWrite.givenUp();
    }

    private static Optional<String> missing(ClusterView view, Optional<Pause> wanted) {
        return view.intents().pause().what().equals(wanted) ? Optional.empty()
                : Optional.of("somebody has changed the pause meanwhile");
    }
}
