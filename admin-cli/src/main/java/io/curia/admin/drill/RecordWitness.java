package io.curia.admin.drill;

import io.curia.model.Epoch;
import io.curia.model.MasterRecord;
import io.curia.model.Tenure;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Reads the master record over and over, and is told when the victim's registration goes. */
final class RecordWitness implements Runnable {

    private static final long RETRY_NANOS = Duration.ofMillis(20).toNanos();

    private final ClusterStore store;
    private final long everyNanos;
    private final List<Sightings.Claim> claims = new CopyOnWriteArrayList<>();
    private volatile Epoch seen;
    private volatile boolean removed;
    private volatile long removedNanos;
    private volatile boolean ended;

    RecordWitness(ClusterStore store, Victim victim, long everyNanos) {
        this.store = store;
        this.everyNanos = everyNanos;
        this.seen = victim.epoch();
        store.watchLive(victim.id(), this::onRemoved);
    }

    private void onRemoved() {
        removedNanos = System.nanoTime();
        removed = true;
    }

    OptionalLong removedNanos() {
        return removed ? OptionalLong.of(removedNanos) : OptionalLong.empty();
    }

    List<Sightings.Claim> claims() {
        return List.copyOf(claims);
    }

    void end() {
        ended = true;
    }

    @Override
    public void run() {
        while (!ended) {
            try {
                MasterRecord record = store.master();
                long now = System.nanoTime();
                Optional<Tenure> tenure = record.tenure().filter(next -> next.epoch().isAfter(seen));
                if (tenure.isPresent()) {
                    seen = tenure.get().epoch();
                    claims.add(new Sightings.Claim(tenure.get().id(), tenure.get().epoch(), now));
                }
                LockSupport.parkNanos(everyNanos);
            } catch (StoreException e) {
                // ZooKeeper may be away for a while, or the store be closed already; the nodes are asked as well.
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }
}
