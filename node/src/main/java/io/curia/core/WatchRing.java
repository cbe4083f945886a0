package io.curia.core;

import io.curia.model.ClusterView;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whom a member watches: the master, and the next few members after itself in the ring of ids. So every member is
 * watched by as many others, the master by all, and nobody holds more than a handful of links, however large the
 * cluster is.
 *
 * @param members the live members that are processes of their own, by id
 */
public record WatchRing(List<Member> members) {

    /** How many members after itself each one watches: as many may die at once and somebody still notices. */
    static final int REACH = 3;

    public WatchRing {
        members = List.copyOf(members);
    }

    /** Returns the ring of this view. */
    public static WatchRing of(ClusterView view) {
        return new WatchRing(view.members().stream().flatMap(member -> member.live().stream())
                .filter(member -> member.kind() != MemberKind.GUEST).toList());
    }

    /** Returns whom {@code self} watches: the master first. */
    public List<Member> watchedBy(NodeId self, Optional<MemberView> master) {
        List<Member> watched = new ArrayList<>();
        master.flatMap(MemberView::live).filter(member -> !member.id().equals(self)).ifPresent(watched::add);
        int place = placeOf(self);
        for (int step = 1; place >= 0 && step <= Math.min(REACH, members.size() - 1); step++) {
            Member next = members.get((place + step) % members.size());
            if (!watched.contains(next)) {
                watched.add(next);
            }
        }
        return List.copyOf(watched);
    }

    /**
     * Returns how many others are to act on the death of {@code dead} before {@code self}: the one right before it
     * in the ring is the first. They would only get into each other's way all at once.
     */
    public int turnOf(NodeId self, NodeId dead) {
        int from = placeOf(self);
        int to = placeOf(dead);
        if (from < 0 || to < 0) {
            return 0;
        }
        return Math.floorMod(to - from, members.size()) - 1;
    }

    private int placeOf(NodeId id) {
        for (int place = 0; place < members.size(); place++) {
            if (members.get(place).id().equals(id)) {
                return place;
            }
        }
        return -1;
    }
}
