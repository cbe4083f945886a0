package io.curia.admin;

import io.curia.model.Epoch;
import io.curia.model.MasterRecord;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries out an eviction: one transaction a victim, each decided on what was read just before it, and decided again
 * when the cluster was quicker. Never evicts on old evidence; never reports a lost answer as a failure.
 */
final class Evictor {

    private final ClusterStore store;
    private final Time time;
    private final EvictionRequest request;
    private final List<NodeId> stored = new ArrayList<>();
    private Optional<Epoch> endedEpoch = Optional.empty();

    Evictor(ClusterStore store, Time time, EvictionRequest request) {
        this.store = store;
        this.time = time;
        this.request = request;
    }

    /** Returns whose evictions were stored so far, in order. */
    List<NodeId> stored() {
        return List.copyOf(stored);
    }

    /** Returns the epoch of the mastership that was ended, if one was. */
    Optional<Epoch> endedEpoch() {
        return endedEpoch;
    }

    /**
     * Returns once every victim's eviction is stored.
     *
     * @throws CommandFailure if the plan cannot be made any more, or every attempt met a conflict
     */
    void carryOut(Deadline deadline) throws InterruptedException {
        int conflicts = 0;
        while (true) {
            EvictionPlan plan = EvictionPlan.of(condition(), store.view());
            plan.refuseUnlessAllowed();
            Optional<MemberView> victim = plan.next(stored, now());
            if (victim.isEmpty()) {
                return;
            }
            ClusterStore.Eviction eviction = plan.transaction(victim.get(), now());
            ConditionalWrite write = ConditionalWrite.ofEntry(store, eviction.entry());
            if (write.attempt(() -> store.evict(eviction), deadline)) {
                stored.add(victim.get().id());
                endedEpoch = eviction.endedMaster().map(MasterRecord::epoch).or(() -> endedEpoch);
            } else if (++conflicts == ConditionalWrite.MOST_CONFLICTS) {
                throw ConditionalWrite.givenUpOn(eviction.entry().id());
            }
        }
    }

    /** The epoch asked for was ours to end: that a successor has claimed the next one meanwhile is what was wanted. */
    private EvictionRequest condition() {
        return endedEpoch.isPresent() ? request.inAnyEpoch() : request;
    }

    /** Whole milliseconds, as records keep them: what is read back must equal what was written. */
    private Instant now() {
        return time.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
