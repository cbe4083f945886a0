package io.curia.store;

import static org.awaitility.Awaitility.await;

import io.curia.model.ClusterIdentity;
import io.curia.model.Observation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Keeps whatever a session tells, and notices if it tells two things at once. */
public final class RecordingObserver implements NodeSession.Observer {

    /** More than any implementation needs for anything, unless a session timeout has to pass first. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<ClusterIdentity> clusters = new CopyOnWriteArrayList<>();
    private final List<Observation> observations = new CopyOnWriteArrayList<>();
    private final List<StoreException> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean overlapped;
    private volatile boolean observedBeforeCluster;

    @Override
    public void onCluster(ClusterIdentity cluster) {
        alone(() -> {
            observedBeforeCluster |= !observations.isEmpty();
            clusters.add(cluster);
        });
    }

    @Override
    public void onObservation(Observation observation) {
        alone(() -> observations.add(observation));
    }

    @Override
    public void onFailure(StoreException failure) {
        alone(() -> failures.add(failure));
    }

    private void alone(Runnable call) {
        overlapped |= inside.incrementAndGet() != 1;
        call.run();
        inside.decrementAndGet();
    }

    /** Returns what was seen last; {@link Observation#NOTHING} before the first. */
    public Observation last() {
        int size = observations.size();
        return size == 0 ? Observation.NOTHING : observations.get(size - 1);
    }

    /** Returns the first observation from now on, or the last one already, of which {@code level} holds. */
    public Observation sees(String what, Predicate<Observation> level) {
        return await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(this::last, level);
    }

    public List<Observation> observations() {
        return List.copyOf(observations);
    }

    public List<ClusterIdentity> clusters() {
        return List.copyOf(clusters);
    }

    public List<StoreException> failures() {
        return List.copyOf(failures);
    }

    public boolean wasToldTwoThingsAtOnce() {
        return overlapped;
    }

    public boolean observedBeforeCluster() {
        return observedBeforeCluster;
    }
}
