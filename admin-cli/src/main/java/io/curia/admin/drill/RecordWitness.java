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
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Is told of every change of the master record, and when the victim's registration goes. It does not ask over and
 * over: each question that must not be answered with what is old goes to ZooKeeper's leader, which has better things
 * to do while mastership changes.
 */
final class RecordWitness implements Runnable {

    private static final long RETRY_NANOS = Duration.ofMillis(20).toNanos();

    private final ClusterStore store;
    private final Semaphore changes = new Semaphore(0);
    private final List<Sightings.Claim> claims = new CopyOnWriteArrayList<>();
    private volatile Epoch seen;
    private volatile boolean removed;
    private volatile long removedNanos;
    private volatile boolean ended;

    RecordWitness(ClusterStore store, Victim victim) {
        this.store = store;
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
        changes.release();
    }

    @Override
    public void run() {
        while (!ended) {
            try {
                MasterRecord record = store.watchMaster(changes::release);
                long now = System.nanoTime();
                Optional<Tenure> tenure = record.tenure().filter(next -> next.epoch().isAfter(seen));
                if (tenure.isPresent()) {
                    seen = tenure.get().epoch();
                    claims.add(new Sightings.Claim(tenure.get().id(), tenure.get().epoch(), now));
                }
                changes.acquireUninterruptibly();
                // One reading answers all that was told so far: after a lost connection several watches may stand.
                changes.drainPermits();
            } catch (StoreException e) {
                // ZooKeeper may be away for a while, or the store be closed already; the nodes are asked as well.
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }
}
