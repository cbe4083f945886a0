package io.curia.model;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The cluster as read at one moment, immutable.
 *
 * @param cluster which cluster
 * @param master the master record
 * @param members everybody in the roster, by id
 * @param intents what operators want of the mastership; the queue was not looked at
 * @param readAt when it was read, by the reader's wall clock
 */
public record ClusterView(ClusterIdentity cluster, MasterRecord master, List<MemberView> members, Intents intents,
        Instant readAt) {

    public ClusterView {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(master, "master");
        members = List.copyOf(members);
        Objects.requireNonNull(intents, "intents");
        Objects.requireNonNull(readAt, "readAt");
    }

    /**
     * Returns the view that these records give together.
     *
     * <p>A registration without a roster entry, or one of another incarnation than the entry's (two reads that
     * straddle a change), counts as live: the ephemeral znode is the better witness of the two.
     */
    public static ClusterView of(ClusterIdentity cluster, MasterRecord master, Collection<RosterEntry> roster,
            Collection<Member> live, Intents intents, Instant readAt) {
        Map<NodeId, Member> liveById = live.stream().collect(Collectors.toMap(Member::id, Function.identity()));
        List<MemberView> members = roster.stream()
                .filter(entry -> !isGoneGuest(entry, liveById))
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .map(entry -> memberView(entry, Optional.ofNullable(liveById.get(entry.id())), master))
                .toList();
        return new ClusterView(cluster, master, members, intents, readAt);
    }

    /** A guest whose sponsor died was not struck off the roster by anybody; it is no member that is down. */
    private static boolean isGoneGuest(RosterEntry entry, Map<NodeId, Member> liveById) {
        return entry.kind() == MemberKind.GUEST && entry.standing() == RosterEntry.Standing.ADMITTED
                && !liveById.containsKey(entry.id());
    }

    private static MemberView memberView(RosterEntry entry, Optional<Member> live, MasterRecord master) {
        // An evicted id may still show a registration for the instant between two reads; the eviction wins.
        if (entry.standing() == RosterEntry.Standing.EVICTED) {
            return new MemberView(entry.id(), MemberStatus.EVICTED, MemberRole.NONE, Optional.empty(), entry);
        }
        MemberStatus status = live.isPresent() ? MemberStatus.LIVE : MemberStatus.DOWN;
        MemberRole role = live.map(member -> roleOf(member, master)).orElse(MemberRole.NONE);
        return new MemberView(entry.id(), status, role, live, entry);
    }

    private static MemberRole roleOf(Member member, MasterRecord master) {
        return switch (member.kind()) {
            case OBSERVER -> MemberRole.OBSERVER;
            case GUEST -> MemberRole.GUEST;
            case CANDIDATE -> holds(member, master) ? MemberRole.MASTER : MemberRole.STANDBY;
        };
    }

    private static boolean holds(Member member, MasterRecord master) {
        return master.tenure()
                .filter(tenure -> tenure.isOf(member.incarnation()) && tenure.ending().isEmpty())
                .isPresent();
    }

    /** Returns the member that holds the current epoch; empty while there is no master. */
    public Optional<MemberView> currentMaster() {
        return members.stream().filter(member -> member.role() == MemberRole.MASTER).findFirst();
    }

    /** Returns the pause that held when this was read; empty if there was none. */
    public Optional<Pause> pause() {
        return intents.pause().what().filter(pause -> pause.holds(readAt));
    }

    /** Returns this view with what operators want of the mastership as it was seen later. */
    public ClusterView wanting(Intents later) {
        return new ClusterView(cluster, master, members,
                new Intents(later.switchover(), later.pause(), Optional.empty()), readAt);
    }

    /** Returns the node with this id, live or not; empty if it was never admitted. */
    public Optional<MemberView> member(NodeId id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    /** Returns the members that are live now. */
    public List<MemberView> live() {
        return members.stream().filter(member -> member.status() == MemberStatus.LIVE).toList();
    }
}
