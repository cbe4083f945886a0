package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.model.Cause;
import io.curia.model.ClusterView;
import io.curia.model.Ending;
import io.curia.model.MasterRecord;
import io.curia.model.MemberRole;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.store.ClusterStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an eviction comes to, decided on one view of the cluster: a value, computed without I/O, and computed anew
 * whenever the view turned out to be old.
 *
 * @param request what was asked for
 * @param view what it was decided on
 * @param victims whom it concerns, the master last: otherwise one of the others could become master only to be
 *     evicted next
 */
record EvictionPlan(EvictionRequest request, ClusterView view, List<MemberView> victims) {

    /** Returns the plan; throws if an id is not in the roster, or the epoch is not the one asked for. */
    static EvictionPlan of(EvictionRequest request, ClusterView view) {
        List<NodeId> unknown = request.ids().stream().filter(id -> view.member(id).isEmpty()).sorted().toList();
        if (!unknown.isEmpty()) {
            throw new CommandFailure(ExitCode.NOT_FOUND, "no such member: " + names(unknown)
                    + "; 'admin-cli members -o name' lists those there are");
        }
        long epoch = view.master().epoch().number();
        if (request.ifEpoch().isPresent() && request.ifEpoch().getAsLong() != epoch) {
            throw new CommandFailure(ExitCode.PRECONDITION_FAILED, "the cluster is in epoch " + epoch + ", not "
                    + request.ifEpoch().getAsLong() + "; look at it with 'admin-cli members' and decide again");
        }
        return new EvictionPlan(request, view, view.members().stream()
                .filter(member -> request.ids().contains(member.id()))
                .sorted(Comparator.comparing(member -> member.role() == MemberRole.MASTER))
                .toList());
    }

    /** Returns whether the cluster has a live candidate now and none afterwards. */
    boolean takesLastCandidate() {
        return victims.stream().anyMatch(MemberView::mayLead) && successors().isEmpty();
    }

    /** Throws if the last live candidate would go and that was not asked for. */
    void refuseUnlessAllowed() {
        if (takesLastCandidate() && !request.force()) {
            throw new CommandFailure(ExitCode.PRECONDITION_FAILED, "nothing was changed: without "
                    + names(victims.stream().filter(MemberView::mayLead).map(MemberView::id).toList())
                    + " there is nobody left who could be master; add --force if that is what you want");
        }
    }

    /** Returns the live candidates that stay and could be master: neither drained nor unhealthy. */
    List<NodeId> successors() {
        return view.live().stream().filter(MemberView::mayLead).map(MemberView::id)
                .filter(id -> !request.ids().contains(id)).toList();
    }

    /** Returns whether the master of this view is among the victims. */
    boolean takesMaster() {
        return victims.stream().anyMatch(victim -> victim.role() == MemberRole.MASTER);
    }

    /** Returns the next victim who is none of {@code done} and not evicted as wished already. */
    Optional<MemberView> next(Collection<NodeId> done, Instant now) {
        return victims.stream().filter(victim -> !done.contains(victim.id()) && !isFulfilled(victim, now)).findFirst();
    }

    /**
     * Evicting an evicted node is a new decision that replaces the old one: by, reason, since and until. Only if it
     * would change nothing that matters, the old record stays as it is.
     */
    private boolean isFulfilled(MemberView victim, Instant now) {
        RosterEntry entry = victim.roster();
        boolean sameEnd = request.ban().length().isEmpty() && entry.until().isEmpty();
        return victim.status() == MemberStatus.EVICTED && entry.bars(now) && sameEnd
                && (request.reason().isEmpty() || request.reason().equals(entry.reason()));
    }

    /** Returns the transaction that evicts {@code victim}, under the versions of this view. */
    ClusterStore.Eviction transaction(MemberView victim, Instant now) {
        RosterEntry evicted = victim.roster()
                .evicted(request.actor(), request.reason(), now, request.ban().end(now));
        // A candidate may have become master since this view was read; then it must be decided again.
        OptionalInt masterVersion = victim.isLiveCandidate() ? OptionalInt.of(view.master().version())
                : OptionalInt.empty();
        return new ClusterStore.Eviction(evicted, victim.live(), ended(victim, now), masterVersion);
    }

    /**
     * Only the tenure of a live master is ended. One whose registration is gone already ended with its session, and
     * an ending written over its head would make the successor wait for a guard that has run out.
     */
    private Optional<MasterRecord> ended(MemberView victim, Instant now) {
        if (victim.role() != MemberRole.MASTER) {
            return Optional.empty();
        }
        MasterRecord master = view.master();
        Ending ending = new Ending(Cause.EVICTED, false, request.actor(), request.reason(), now);
        return Optional.of(new MasterRecord(master.tenure().map(tenure -> tenure.ended(ending)), master.version()));
    }

    static String names(List<NodeId> ids) {
        return String.join(", ", ids.stream().map(NodeId::value).toList());
    }
}
