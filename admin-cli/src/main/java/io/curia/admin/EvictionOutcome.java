package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.model.Epoch;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.time.Duration;
import java.util.Optional;

/** An eviction from the request to the moment when the cluster shows it, and the words for it. */
final class EvictionOutcome {

    private final ClusterStore store;
    private final Time time;
    private final EvictionRequest request;
    private final Evictor evictor;
    private final Confirmation confirmation;

    EvictionOutcome(ClusterStore store, Time time, EvictionRequest request) {
        this.store = store;
        this.time = time;
        this.request = request;
        this.evictor = new Evictor(store, time, request);
        this.confirmation = new Confirmation(store);
    }

    /**
     * Returns the cluster as seen once every victim is out and, if one was master, another master is there.
     *
     * @throws CommandFailure if it could not be done, or did not show within {@code allowed}
     */
    ClusterView reach(Duration allowed) throws InterruptedException {
        Deadline deadline = Deadline.after(allowed, time);
        try {
            evictor.carryOut(deadline);
        } catch (CommandFailure e) {
            throw evictor.stored().isEmpty() ? e
                    : new CommandFailure(e.exitCode(), evicted() + ", but then: " + e.getMessage(), e);
        } catch (StoreException e) {
            if (evictor.stored().isEmpty()) {
                throw e;
            }
            throw new CommandFailure(ExitCode.NOT_CONFIRMED, evicted() + ", but then ZooKeeper failed ("
                    + e.getMessage() + "); look with 'admin-cli members' and run it again", e);
        }
        return confirmation.await(this::missing, deadline);
    }

    private Optional<String> missing(ClusterView view) {
        for (NodeId id : request.ids()) {
            if (view.member(id).filter(member -> member.status() == MemberStatus.EVICTED).isEmpty()) {
                return Optional.of(id + " is not evicted any more: somebody readmitted it meanwhile");
            }
            if (store.live(id).isPresent()) {
                return Optional.of("the registration of " + id + " is still there");
            }
        }
        return evictor.endedEpoch().filter(ended -> lacksMasterAfter(ended, view))
                .map(ended -> "no master follows epoch " + ended + " yet");
    }

    private static boolean lacksMasterAfter(Epoch ended, ClusterView view) {
        boolean followed = view.currentMaster().isPresent() && view.master().epoch().isAfter(ended);
        return !followed && view.live().stream().anyMatch(MemberView::mayLead);
    }

    /** Returns in one line what was done; meant for after {@link #reach}. */
    String words() {
        if (evictor.stored().isEmpty()) {
            return "evicted already, nothing was changed";
        }
        String successor = evictor.endedEpoch().flatMap(ended -> confirmation.last()).map(view -> view.currentMaster()
                .map(master -> "; the new master is " + master.id() + ", epoch " + view.master().epoch())
                .orElse("; there is no master now")).orElse("");
        return evicted() + " " + request.ban() + successor;
    }

    private String evicted() {
        return "evicted " + EvictionPlan.names(evictor.stored());
    }
}
