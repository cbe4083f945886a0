package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Nodes struck off the roster, from the request to the moment when the cluster does not list them any more. Each goes
 * at the version at which it was seen down: one that registers meanwhile is not hit.
 */
final class Forgetting {

    private final ClusterStore store;
    private final Set<NodeId> ids;
    private final List<NodeId> forgotten = new ArrayList<>();

    Forgetting(ClusterStore store, Collection<NodeId> ids) {
        this.store = store;
        this.ids = new LinkedHashSet<>(ids);
    }

    /** Returns the nodes as {@code view} has them; throws unless every one of them is there and down. */
    List<MemberView> checked(ClusterView view) {
        List<NodeId> unknown = ids.stream().filter(id -> !forgotten.contains(id))
                .filter(id -> view.member(id).isEmpty()).sorted().toList();
        if (!unknown.isEmpty()) {
            throw new CommandFailure(ExitCode.NOT_FOUND, "no such member: " + EvictionPlan.names(unknown)
                    + "; 'admin-cli members -o name' lists those there are");
        }
        List<MemberView> members = view.members().stream().filter(member -> ids.contains(member.id())).toList();
        refuse(members, MemberStatus.LIVE, "live: stop it first, or put it out with 'admin-cli evict'");
        refuse(members, MemberStatus.EVICTED, "evicted: forgotten, it could come back; 'admin-cli readmit' it first if "
                + "that is what you want");
        return members;
    }

    private void refuse(List<MemberView> members, MemberStatus status, String why) {
        List<NodeId> such = members.stream().filter(member -> member.status() == status).map(MemberView::id).toList();
        if (!such.isEmpty()) {
            throw new CommandFailure(ExitCode.PRECONDITION_FAILED, (forgotten.isEmpty() ? "nothing was changed: "
                    : "forgot " + EvictionPlan.names(forgotten) + ", but then: ") + EvictionPlan.names(such) + " is "
                    + why);
        }
    }

    /**
     * Returns the cluster as seen once none of the nodes is listed.
     *
     * @throws CommandFailure if one is not down any more, or it could not be done or seen before the deadline
     */
    ClusterView reach(Deadline deadline) throws InterruptedException {
        int conflicts = 0;
        List<MemberView> left = checked(store.view());
        while (!left.isEmpty()) {
            RosterEntry entry = left.get(0).roster();
            if (attempt(entry, deadline)) {
                forgotten.add(entry.id());
            } else if (++conflicts == ConditionalWrite.MOST_CONFLICTS) {
                throw ConditionalWrite.givenUpOn(entry.id());
            }
            left = checked(store.view());
        }
        return new Confirmation(store).await(view -> view.members().stream().map(MemberView::id)
                .filter(ids::contains).findFirst().map(id -> id + " is listed again"), deadline);
    }

    /** Returns whether the entry is gone; false means that it met a conflict: look again and decide again. */
    private boolean attempt(RosterEntry entry, Deadline deadline) throws InterruptedException {
        try {
            store.forget(entry);
            return true;
        } catch (StoreException e) {
            return switch (e.kind()) {
                case CONFLICT, FENCED -> false;
                case UNKNOWN_RESULT -> isGone(entry.id(), deadline, e);
                case UNAVAILABLE, NOT_FOUND, DENIED, CORRUPT -> throw e;
            };
        }
    }

    private boolean isGone(NodeId id, Deadline deadline, StoreException lost) throws InterruptedException {
        do {
            try {
                Optional<RosterEntry> found = store.roster(id);
                return found.isEmpty();
            } catch (StoreException e) {
                if (!Confirmation.mayPass(e)) {
                    throw e;
                }
                deadline.pause(Confirmation.STEP);
            }
        } while (!deadline.hasPassed());
        throw new CommandFailure(ExitCode.NOT_CONFIRMED, "the connection was lost before ZooKeeper answered: " + id
                + " may or may not have been forgotten; look with 'admin-cli members'", lost);
    }

    /** Returns in one line what was done. */
    String words() {
        return "forgot " + EvictionPlan.names(forgotten);
    }
}
