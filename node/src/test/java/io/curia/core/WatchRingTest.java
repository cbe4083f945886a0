package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.ClusterIdentity;
import io.curia.model.ClusterView;
import io.curia.model.Incarnation;
import io.curia.model.Intents;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WatchRingTest {

    private static final Optional<MemberView> NOBODY = Optional.empty();

    private static NodeId id(int number) {
        return NodeId.of("n" + number);
    }

    private static Member member(int number, MemberKind kind) {
        return new Member(id(number), Incarnation.of(5, number), Sight.ADDRESS, kind, 42, "box", "test", Sight.NOON,
                Map.of(), Optional.empty());
    }

    private static List<Member> candidates(int size) {
        return IntStream.rangeClosed(1, size).mapToObj(number -> member(number, MemberKind.CANDIDATE)).toList();
    }

    private static ClusterView view(List<Member> members, Optional<Member> master) {
        List<RosterEntry> roster = members.stream().map(member ->
                RosterEntry.admitted(member.id(), member.kind(), "tester", "", Sight.NOON)).toList();
        MasterRecord record = new MasterRecord(master.map(member ->
                Sight.tenure(member.id(), member.incarnation(), 1)), 1);
        return ClusterView.of(new ClusterIdentity("demo", "uuid", Sight.NOON), record, roster, members,
                Intents.NONE, Sight.NOON);
    }

    private static List<NodeId> watched(ClusterView view, int self) {
        return WatchRing.of(view).watchedBy(id(self), view.currentMaster()).stream().map(Member::id).toList();
    }

    @Test
    void memberWatchesTheNextInTheRing() {
        ClusterView view = view(candidates(6), Optional.empty());

        assertThat(watched(view, 1)).containsExactly(id(2), id(3), id(4));
        assertThat(watched(view, 5)).containsExactly(id(6), id(1), id(2));
    }

    @Test
    void masterIsWatchedFirstAndByAll() {
        List<Member> members = candidates(8);
        ClusterView view = view(members, Optional.of(members.get(6)));

        IntStream.of(1, 2, 3, 4, 5, 6, 8).forEach(self ->
                assertThat(watched(view, self)).first().isEqualTo(id(7)));
        assertThat(watched(view, 1)).containsExactly(id(7), id(2), id(3), id(4));
    }

    @Test
    void masterThatIsNextAnywayIsWatchedOnce() {
        List<Member> members = candidates(6);

        assertThat(watched(view(members, Optional.of(members.get(2))), 1)).containsExactly(id(3), id(2), id(4));
    }

    @Test
    void masterWatchesOthersAndNotItself() {
        List<Member> members = candidates(6);

        assertThat(watched(view(members, Optional.of(members.get(0))), 1)).containsExactly(id(2), id(3), id(4));
    }

    @Test
    void everybodyIsWatchedByAsManyOthersAsTheReach() {
        ClusterView view = view(candidates(9), Optional.empty());

        IntStream.rangeClosed(1, 9).forEach(watched -> assertThat(IntStream.rangeClosed(1, 9)
                .filter(self -> watched(view, self).contains(id(watched)))).hasSize(WatchRing.REACH));
    }

    @Test
    void smallClusterWatchesAllOthersOnce() {
        assertThat(watched(view(candidates(3), Optional.empty()), 2)).containsExactly(id(3), id(1));
    }

    @Test
    void singleMemberWatchesNobody() {
        List<Member> alone = candidates(1);

        assertThat(watched(view(alone, Optional.of(alone.get(0))), 1)).isEmpty();
    }

    @Test
    void guestIsWatchedByNobody() {
        List<Member> members = Stream.concat(candidates(2).stream(), Stream.of(member(3, MemberKind.GUEST))).toList();

        assertThat(watched(view(members, Optional.empty()), 1)).containsExactly(id(2));
    }

    @Test
    void observerWatchesAndIsWatched() {
        ClusterView view = view(List.of(member(1, MemberKind.OBSERVER), member(2, MemberKind.CANDIDATE)),
                Optional.empty());

        assertThat(watched(view, 1)).containsExactly(id(2));
        assertThat(watched(view, 2)).containsExactly(id(1));
    }

    @Test
    void strangerToTheRingWatchesTheMasterOnly() {
        List<Member> members = candidates(4);

        assertThat(watched(view(members, Optional.of(members.get(1))), 9)).containsExactly(id(2));
        assertThat(new WatchRing(members).watchedBy(id(9), NOBODY)).isEmpty();
    }

    @Test
    void turnsGoBackwardsFromTheDead() {
        WatchRing ring = new WatchRing(candidates(5));

        assertThat(ring.turnOf(id(2), id(3))).isZero();
        assertThat(ring.turnOf(id(1), id(3))).isEqualTo(1);
        assertThat(ring.turnOf(id(5), id(3))).isEqualTo(2);
        assertThat(ring.turnOf(id(4), id(3))).isEqualTo(3);
    }

    @Test
    void turnsOfAllOthersDiffer() {
        WatchRing ring = new WatchRing(candidates(7));

        assertThat(IntStream.of(1, 2, 3, 5, 6, 7).map(self -> ring.turnOf(id(self), id(4))).sorted())
                .containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void whoIsNotInTheRingAnyMoreIsEverybodysTurn() {
        assertThat(new WatchRing(candidates(3)).turnOf(id(1), id(9))).isZero();
    }
}
