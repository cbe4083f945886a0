package io.curia.runtime;

import io.curia.core.WatchRing;
import io.curia.model.ClusterView;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Priority;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the records, as this node last saw them, say of those that it watches. Any thread may ask. */
final class Roll {

    private final NodeId self;
    private final Supplier<NodeState> state;
    private final Supplier<Optional<ClusterView>> view;

    Roll(NodeId self, Supplier<NodeState> state, Supplier<Optional<ClusterView>> view) {
        this.self = self;
        this.state = state;
        this.view = view;
    }

    /** Returns to whom a lifeline is to be held, by id; nobody while this node is no member itself. */
    Map<NodeId, Member> wanted(Predicate<Incarnation> isLeftAlone) {
        NodeState now = state.get();
        Map<NodeId, Member> wanted = new HashMap<>();
        if (now.isMember()) {
            // The master is known from its record long before the next view of the whole cluster is read.
            now.currentMaster().map(Roll::holderOf).ifPresent(master -> wanted.put(master.id(), master));
            view.get().map(seen -> WatchRing.of(seen).watchedBy(self, seen.currentMaster())).orElse(List.of())
                    .forEach(member -> wanted.putIfAbsent(member.id(), member));
            wanted.remove(self);
            wanted.values().removeIf(member -> isLeftAlone.test(member.incarnation()));
        }
        return wanted;
    }

    private static Member holderOf(Tenure tenure) {
        return new Member(tenure.id(), tenure.incarnation(), tenure.address(), MemberKind.CANDIDATE, tenure.pid(), "",
                "", tenure.since(), Map.of(), Optional.empty(), Priority.DEFAULT, tenure.keeperPort());
    }

    /** Returns everybody who is registered. */
    Map<Incarnation, Member> registered() {
        return view.get().map(ClusterView::live).orElse(List.of()).stream()
                .flatMap(member -> member.live().stream())
                .collect(Collectors.toMap(Member::incarnation, member -> member, (one, other) -> one));
    }

    /** Returns this very registration, if it is seen. */
    Optional<Member> find(NodeId id, Incarnation incarnation) {
        return view.get().flatMap(seen -> seen.member(id)).flatMap(MemberView::live)
                .filter(member -> member.incarnation().equals(incarnation));
    }

    /** Returns how many candidates registered before this node, and will succeed before it; empty if not seen yet. */
    OptionalInt before() {
        List<Member> candidates = view.get().map(ClusterView::live).orElse(List.of()).stream()
                .flatMap(member -> member.live().stream())
                .filter(member -> member.kind() == MemberKind.CANDIDATE).toList();
        return candidates.stream().filter(member -> member.id().equals(self)).findFirst()
                .map(me -> candidates.stream().filter(other -> other.since().isBefore(me.since())).count())
                .map(count -> OptionalInt.of(count.intValue())).orElse(OptionalInt.empty());
    }

    boolean isMaster(Member member) {
        return state.get().currentMaster().filter(tenure -> tenure.isOf(member.incarnation())).isPresent();
    }

    /** Returns whether the records say already that this registration is over. */
    boolean isRemoved(Member member) {
        boolean ended = state.get().master().tenure()
                .filter(tenure -> tenure.isOf(member.incarnation()) && tenure.ending().isPresent()).isPresent();
        return ended || view.get().flatMap(seen -> seen.member(member.id())).map(MemberView::roster)
                .filter(entry -> entry.incarnation().equals(Optional.of(member.incarnation())))
                .flatMap(RosterEntry::departure).isPresent();
    }

    /**
     * Returns how many others are to act on its death first. Of a master's death the first is whoever succeeds it,
     * which can claim in the moment in which it removes it.
     */
    int turnOf(NodeId dead) {
        int inRing = view.get().map(seen -> WatchRing.of(seen).turnOf(self, dead)).orElse(0);
        NodeState now = state.get();
        if (now.currentMaster().filter(tenure -> tenure.id().equals(dead)).isEmpty()) {
            return inRing;
        }
        return isNext() ? 0 : 1 + inRing;
    }

    /** Returns whether nobody but the master queues before this node. */
    boolean isNext() {
        return isWithin(1);
    }

    /** Returns whether at most one more does, who may have become master since. */
    boolean isNearlyNext() {
        return isWithin(2);
    }

    private boolean isWithin(int most) {
        OptionalInt ahead = state.get().ahead();
        return ahead.isPresent() && ahead.getAsInt() <= most;
    }
}
