package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.ClusterIdentity;
import io.curia.model.ClusterView;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Intents;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import io.curia.store.TestRecords;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whose turn it is to act on a death; n1 is master of five. */
class RollTest {

    private static final List<Member> MEMBERS =
            IntStream.rangeClosed(1, 5).mapToObj(number -> TestRecords.candidate("n" + number, number)).toList();
    private static final MasterRecord MASTER =
            new MasterRecord(Optional.of(TestRecords.tenure(MEMBERS.get(0), 1, "/latch/0")), 1);

    private static int turn(String self, OptionalInt ahead, String dead) {
        List<RosterEntry> roster = MEMBERS.stream().map(member ->
                RosterEntry.admitted(member.id(), member.kind(), "tester", "", TestRecords.NOON)).toList();
        ClusterView view = ClusterView.of(new ClusterIdentity("demo", "uuid", TestRecords.NOON), MASTER, roster,
                MEMBERS, Intents.NONE, TestRecords.NOON);
        NodeState state = new NodeState(NodeId.of(self), MemberKind.CANDIDATE, Role.STANDBY, new Epoch(1),
                TestRecords.incarnation(1), Endpoint.parse("127.0.0.1:1"), true, Optional.empty(), ahead,
                Optional.empty(), MASTER, true);
        return new Roll(NodeId.of(self), () -> state, () -> Optional.of(view)).turnOf(NodeId.of(dead));
    }

    @Test
    void whoeverSucceedsTheMasterIsTheFirstToActOnItsDeath() {
        assertThat(turn("n3", OptionalInt.of(1), "n1")).isZero();
        assertThat(turn("n4", OptionalInt.of(2), "n1")).isPositive();
        assertThat(turn("n5", OptionalInt.of(3), "n1")).isPositive();
    }

    @Test
    void othersFollowOneByOne() {
        assertThat(List.of(turn("n5", OptionalInt.of(4), "n1"), turn("n4", OptionalInt.of(3), "n1"),
                turn("n3", OptionalInt.of(2), "n1"))).containsExactly(1, 2, 3);
    }

    @Test
    void oneThatDoesNotQueueIsNeverTheFirst() {
        assertThat(turn("n5", OptionalInt.empty(), "n1")).isPositive();
    }

    @Test
    void onTheDeathOfAnybodyElseTheOneBeforeItInTheRingActsFirst() {
        assertThat(turn("n3", OptionalInt.of(2), "n4")).isZero();
        assertThat(turn("n2", OptionalInt.of(1), "n4")).isEqualTo(1);
    }
}
