package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.model.Intents.Place;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.store.ClusterStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The end of a drain, from the request to the moment when the cluster shows it, and the words for it. */
final class Undraining {

    private final ClusterStore store;
    private final Time time;
    private final Set<NodeId> ids;
    private final List<NodeId> stored = new ArrayList<>();

    Undraining(ClusterStore store, Time time, Collection<NodeId> ids) {
        this.store = store;
        this.time = time;
        this.ids = Set.copyOf(ids);
    }

    /**
     * Returns the cluster as seen once none of the nodes is drained, and those that could be master queue.
     *
     * @throws CommandFailure if one is not in the roster, or it could not be done or seen within {@code allowed}
     */
    ClusterView reach(Duration allowed) throws InterruptedException {
        Deadline deadline = Deadline.after(allowed, time);
        int conflicts = 0;
        Optional<RosterEntry> next = next();
        while (next.isPresent()) {
            RosterEntry entry = next.get().noted(next.get().notes().withDrain(Optional.empty()));
            ConditionalWrite write = ConditionalWrite.ofEntry(store, entry, found -> found.notes().drain().isEmpty());
            if (write.attempt(() -> store.put(entry), deadline)) {
                stored.add(entry.id());
            } else if (++conflicts == ConditionalWrite.MOST_CONFLICTS) {
                throw ConditionalWrite.givenUpOn(entry.id());
            }
            next = next();
        }
        return new Confirmation(store).await(this::missing, deadline);
    }

    private Optional<RosterEntry> next() {
        ClusterView view = store.view();
        List<NodeId> unknown = ids.stream().filter(id -> view.member(id).isEmpty()).sorted().toList();
        if (!unknown.isEmpty()) {
            throw new CommandFailure(ExitCode.NOT_FOUND, "no such member: " + EvictionPlan.names(unknown)
                    + "; 'admin-cli members -o name' lists those there are");
        }
        return drained(view).map(MemberView::roster);
    }

    private Optional<MemberView> drained(ClusterView view) {
        return view.members().stream().filter(member -> ids.contains(member.id()))
                .filter(member -> member.roster().notes().drain().isPresent()).findFirst();
    }

    private Optional<String> missing(ClusterView view) {
        Optional<MemberView> again = drained(view);
        if (again.isPresent()) {
            return Optional.of(again.get().id() + " was drained again by "
                    + again.get().roster().notes().drain().orElseThrow().actor());
        }
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        List<NodeId> queue = store.intents().queue().orElse(List.of()).stream().map(Place::id).toList();
        return view.live().stream().filter(MemberView::mayLead).map(MemberView::id)
                .filter(id -> stored.contains(id) && !queue.contains(id)).findFirst()
                .map(id -> id + " does not queue yet");
    }

    /** Returns in one line what was done; meant for after {@link #reach}. */
    String words() {
        return stored.isEmpty() ? "not drained, nothing was changed"
                : "undrained " + EvictionPlan.names(stored);
    }
}
