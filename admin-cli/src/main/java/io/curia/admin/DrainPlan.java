package io.curia.admin;

import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.model.Drain;
import io.curia.model.Epoch;
import io.curia.model.MemberKind;
import io.curia.model.MemberRole;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What draining comes to, decided on one view of the cluster: a value, computed without I/O.
 *
 * @param request what was asked for
 * @param view what it was decided on
 * @param targets whom it concerns, the master last: otherwise one of the others could become master only to be drained
 *     next
 */
record DrainPlan(Request request, ClusterView view, List<MemberView> targets) {

    /**
     * What an operator asked for.
     *
     * @param ids whom to drain
     * @param drain who asks, why and when
     * @param force whether the last candidates may go too
     * @param ifEpoch the epoch in which alone it shall be done; empty: in any
     */
    record Request(Set<NodeId> ids, Drain drain, boolean force, OptionalLong ifEpoch) {
        Request {
            ids = Set.copyOf(ids);
        }

        /** Returns the same request, bound to the epoch in which its maker looked and agreed. */
        Request boundTo(Epoch epoch) {
            return new Request(ids, drain, force, ifEpoch.isPresent() ? ifEpoch : OptionalLong.of(epoch.number()));
        }
    }

    /** Returns the plan; throws if an id is not in the roster or no candidate's, or the epoch is not the one asked. */
    static DrainPlan of(Request request, ClusterView view) {
        List<NodeId> unknown = request.ids().stream().filter(id -> view.member(id).isEmpty()).sorted().toList();
        if (!unknown.isEmpty()) {
            throw new CommandFailure(ExitCode.NOT_FOUND, "no such member: " + EvictionPlan.names(unknown)
                    + "; 'admin-cli members -o name' lists those there are");
        }
        List<MemberView> targets = view.members().stream().filter(member -> request.ids().contains(member.id()))
                .sorted(Comparator.comparing(member -> member.role() == MemberRole.MASTER)).toList();
        List<NodeId> others = targets.stream().filter(member -> kind(member) != MemberKind.CANDIDATE)
                .map(MemberView::id).toList();
        if (!others.isEmpty()) {
            throw new CommandFailure(ExitCode.PRECONDITION_FAILED, "nothing was changed: "
                    + EvictionPlan.names(others) + " never becomes master; there is nothing to drain");
        }
        long epoch = view.master().epoch().number();
        if (request.ifEpoch().isPresent() && request.ifEpoch().getAsLong() != epoch) {
            throw new CommandFailure(ExitCode.PRECONDITION_FAILED, "the cluster is in epoch " + epoch + ", not "
                    + request.ifEpoch().getAsLong() + "; look at it with 'admin-cli members' and decide again");
        }
        return new DrainPlan(request, view, targets);
    }

    private static MemberKind kind(MemberView member) {
        return member.live().map(live -> live.kind()).orElse(member.roster().kind());
    }

    /** Returns whether the cluster has somebody now who could be master, and nobody afterwards. */
    boolean takesLastCandidate() {
        return targets.stream().anyMatch(MemberView::mayLead) && successors().isEmpty();
    }

    /** Returns whether the master of this view is among those to be drained. */
    boolean takesMaster() {
        return targets.stream().anyMatch(target -> target.role() == MemberRole.MASTER);
    }

    /** Throws if nobody would be left, or nobody would follow, and that was not asked for. */
    void refuseUnlessAllowed() {
        if (request.force()) {
            return;
        }
        if (takesLastCandidate()) {
            throw new CommandFailure(ExitCode.PRECONDITION_FAILED, "nothing was changed: without "
                    + EvictionPlan.names(targets.stream().filter(MemberView::mayLead).map(MemberView::id).toList())
                    + " there is nobody left who could be master; add --force if that is what you want");
        }
        if (takesMaster() && view.pause().isPresent()) {
            throw new CommandFailure(ExitCode.PRECONDITION_FAILED, "nothing was changed: the cluster is paused, and "
                    + "nobody would follow the master; 'admin-cli resume', or add --force");
        }
    }

    /** Returns who stays and could be master. */
    List<NodeId> successors() {
        return view.live().stream().filter(MemberView::mayLead).map(MemberView::id)
                .filter(id -> !request.ids().contains(id)).toList();
    }

    /** Returns the entry to store next; empty if everybody is drained as wished. */
    Optional<RosterEntry> next() {
        return targets.stream().map(MemberView::roster).filter(entry -> !isFulfilled(entry)).findFirst()
                .map(entry -> entry.noted(entry.notes().withDrain(Optional.of(request.drain()))));
    }

    /** Draining a drained node replaces who and why, unless it would say nothing new. */
    private boolean isFulfilled(RosterEntry entry) {
        return entry.notes().drain().filter(drain -> drain.equals(request.drain())
                || request.drain().reason().isEmpty() || request.drain().reason().equals(drain.reason())).isPresent();
    }
}
