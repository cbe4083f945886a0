package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.model.Epoch;
import io.curia.model.Intents.Place;
import io.curia.model.MemberRole;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Draining from the request to the moment when the cluster shows it, and the words for it. */
final class Draining {

    private final ClusterStore store;
    private final Time time;
    private final DrainPlan.Request request;
    private final Confirmation confirmation;
    private final List<NodeId> stored = new ArrayList<>();
    private Optional<Epoch> taken = Optional.empty();

    Draining(ClusterStore store, Time time, DrainPlan.Request request) {
        this.store = store;
        this.time = time;
        this.request = request;
        this.confirmation = new Confirmation(store);
    }

    /**
     * Returns the cluster as seen once every one of them is drained, queues no more and is not master, and another
     * master is there if one of them was.
     *
     * @throws CommandFailure if it could not be done, or did not show within {@code allowed}
     */
    ClusterView reach(Duration allowed) throws InterruptedException {
        Deadline deadline = Deadline.after(allowed, time);
        try {
            store(deadline);
        } catch (CommandFailure e) {
            throw stored.isEmpty() ? e
                    : new CommandFailure(e.exitCode(), drained() + ", but then: " + e.getMessage(), e);
        } catch (StoreException e) {
            if (stored.isEmpty()) {
                throw e;
            }
            throw new CommandFailure(ExitCode.NOT_CONFIRMED, drained() + ", but then ZooKeeper failed ("
                    + e.getMessage() + "); look with 'admin-cli members' and run it again", e);
        }
        return confirmation.await(this::missing, deadline);
    }

    private void store(Deadline deadline) throws InterruptedException {
        int conflicts = 0;
        while (true) {
            // The epoch asked for may have ended by what was stored here: that is what was wanted.
            DrainPlan plan = DrainPlan.of(taken.isPresent() ? anyEpoch() : request, store.view());
            if (stored.isEmpty()) {
                plan.refuseUnlessAllowed();
            }
            Optional<RosterEntry> entry = plan.next();
            if (entry.isEmpty()) {
                return;
            }
            NodeId id = entry.get().id();
            ConditionalWrite write = ConditionalWrite.ofEntry(store, entry.get(),
                    found -> found.notes().drain().equals(Optional.of(request.drain())));
            if (write.attempt(() -> store.put(entry.get()), deadline)) {
                stored.add(id);
                taken = plan.view().currentMaster().filter(master -> master.id().equals(id))
                        .map(master -> plan.view().master().epoch()).or(() -> taken);
            } else if (++conflicts == ConditionalWrite.MOST_CONFLICTS) {
                throw ConditionalWrite.givenUpOn(id);
            }
        }
    }

    private DrainPlan.Request anyEpoch() {
        return new DrainPlan.Request(request.ids(), request.drain(), request.force(), OptionalLong.empty());
    }

    private Optional<String> missing(ClusterView view) {
        for (NodeId id : request.ids()) {
            Optional<MemberView> member = view.member(id);
            if (member.filter(found -> found.roster().notes().drain().isPresent()).isEmpty()) {
                return Optional.of(id + " is not drained any more: somebody undrained it meanwhile");
            }
            if (member.get().role() == MemberRole.MASTER) {
                return Optional.of(id + " has not given up mastership yet;"
                        + " if it is frozen, 'admin-cli evict' takes it");
            }
        }
        List<NodeId> queue = store.intents().queue().orElse(List.of()).stream().map(Place::id).toList();
        Optional<NodeId> still = request.ids().stream().filter(queue::contains).sorted().findFirst();
        return still.map(id -> id + " still queues")
                .or(() -> taken.filter(epoch -> lacksMasterAfter(epoch, view))
                        .map(epoch -> "no master follows epoch " + epoch + " yet"));
    }

    private static boolean lacksMasterAfter(Epoch taken, ClusterView view) {
        boolean followed = view.currentMaster().isPresent() && view.master().epoch().isAfter(taken);
        return !followed && view.pause().isEmpty() && view.live().stream().anyMatch(MemberView::mayLead);
    }

    /** Returns in one line what was done; meant for after {@link #reach}. */
    String words() {
        if (stored.isEmpty()) {
            return "drained already, nothing was changed";
        }
        String successor = taken.flatMap(epoch -> confirmation.last()).map(view -> view.currentMaster()
                .map(master -> "; the new master is " + master.id() + ", epoch " + view.master().epoch())
                .orElse("; there is no master now")).orElse("");
        return drained() + successor;
    }

    private String drained() {
        return "drained " + EvictionPlan.names(stored);
    }
}
