package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.model.Happening;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.store.ClusterStore;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A readmission from the request to the moment when the cluster shows it, and the words for it. */
final class Readmission {

    private final ClusterStore store;
    private final Time time;
    private final Set<NodeId> ids;
    private final String actor;
    private final String reason;
    private final List<String> readmitted = new ArrayList<>();
    private final List<String> forgiven = new ArrayList<>();

    Readmission(ClusterStore store, Time time, Collection<NodeId> ids, String actor, String reason) {
        this.store = store;
        this.time = time;
        this.ids = Set.copyOf(ids);
        this.actor = actor;
        this.reason = reason;
    }

    /**
     * Returns the cluster as seen once none of the nodes is evicted, nor held back for losing mastership.
     *
     * @throws CommandFailure if one is not in the roster, or it could not be done or seen within {@code allowed}
     */
    ClusterView reach(Duration allowed) throws InterruptedException {
        Deadline deadline = Deadline.after(allowed, time);
        int conflicts = 0;
        Optional<MemberView> next = next();
        while (next.isPresent()) {
            boolean evicted = next.get().status() == MemberStatus.EVICTED;
            RosterEntry found = next.get().roster();
            RosterEntry entry = evicted
                    ? found.readmitted(actor, reason, time.now().truncatedTo(ChronoUnit.MILLIS))
                    : found.noted(found.notes().withPenalty(Optional.empty()));
            ConditionalWrite write = evicted ? ConditionalWrite.ofEntry(store, entry)
                    : ConditionalWrite.ofEntry(store, entry, stored -> stored.notes().penalty().isEmpty());
            List<Happening> told = evicted ? List.of(Happening.standing(entry)) : List.of();
            if (write.attempt(() -> store.put(entry, told), deadline)) {
                (evicted ? readmitted : forgiven).add(entry.id().value());
            } else if (++conflicts == ConditionalWrite.MOST_CONFLICTS) {
                throw ConditionalWrite.givenUpOn(entry.id());
            }
            next = next();
        }
        return new Confirmation(store).await(this::missing, deadline);
    }

    private Optional<MemberView> next() {
        ClusterView view = store.view();
        // A guest is no member any more once it is neither here nor evicted.
        List<String> unknown = ids.stream().filter(id -> view.member(id).isEmpty()).map(NodeId::value)
                .filter(id -> !readmitted.contains(id)).sorted().toList();
        if (!unknown.isEmpty()) {
            throw new CommandFailure(ExitCode.NOT_FOUND, "no such member: " + String.join(", ", unknown)
                    + "; 'admin-cli evictions' lists who is evicted");
        }
        return view.members().stream().filter(member -> ids.contains(member.id()))
                .filter(member -> member.status() == MemberStatus.EVICTED
                        || member.roster().notes().penalty().isPresent()).findFirst();
    }

    private Optional<String> missing(ClusterView view) {
        return view.members().stream().filter(member -> ids.contains(member.id()))
                .filter(member -> member.status() == MemberStatus.EVICTED)
                .map(member -> member.id() + " was evicted again by " + member.roster().actor()).findFirst();
    }

    /** Returns in one line what was done; meant for after {@link #reach}. */
    String words() {
        if (readmitted.isEmpty() && forgiven.isEmpty()) {
            return "not evicted, nothing was changed";
        }
        String back = readmitted.isEmpty() ? ""
                : "readmitted " + String.join(", ", readmitted) + "; a node that was stopped must be started again";
        return forgiven.isEmpty() ? back : back + (back.isEmpty() ? "" : "; ") + "forgiven what they lost: "
                + String.join(", ", forgiven);
    }
}
