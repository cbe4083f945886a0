package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.ClusterEvent;
import io.curia.model.Endpoint;
import io.curia.model.EventType;
import io.curia.model.Incarnation;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.store.History;
import io.curia.wire.AskTimeouts;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.message.Addressee;
import io.curia.wire.message.JoinRequest;
import io.curia.wire.message.Peer;
import io.curia.wire.message.Refused;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nodes leave in the cluster's history: everything that happened, once, in its order. */
class HistoryIT {

    private static final Set<EventType> MASTERS = Set.of(EventType.MASTER_ELECTED, EventType.MASTER_LOST);

    private TestCluster cluster;

    @BeforeEach
    void startZooKeeper() {
        cluster = TestCluster.start();
    }

    @AfterEach
    void stopEverything() throws Exception {
        cluster.close();
    }

    private List<ClusterEvent> events(Set<EventType> types) {
        return cluster.withStore(store -> store.history().after(History.BEGINNING, types).events());
    }

    private void awaitEpoch(long epoch) {
        Awaitility.await().atMost(TestCluster.PATIENCE).until(() ->
                cluster.withStore(store -> store.master()).epoch().number() == epoch);
    }

    private static String inShort(ClusterEvent event) {
        return event.type() + " " + event.what().id().orElseThrow() + " " + event.what().epoch().orElseThrow() + " "
                + event.what().cause().orElseThrow();
    }

    @Test
    void everyMastershipBeginsOnceAndEndsOnceWithItsCause() {
        ClusterNode first = cluster.started("n1");
        ClusterNode second = cluster.started("n2");
        first.stepDown("maintenance");
        awaitEpoch(2);
        second.stop().join();
        awaitEpoch(3);
        cluster.evict(NodeId.of("n1"), Optional.empty());
        first.ended().join();

        List<ClusterEvent> masters = events(MASTERS);
        assertThat(masters).extracting(HistoryIT::inShort).containsExactly(
                "MASTER_ELECTED n1 1 FIRST", "MASTER_LOST n1 1 STEP_DOWN",
                "MASTER_ELECTED n2 2 STEP_DOWN", "MASTER_LOST n2 2 LEFT",
                "MASTER_ELECTED n1 3 LEFT", "MASTER_LOST n1 3 EVICTED");
        assertThat(masters.get(1).what().reason()).isEqualTo("maintenance");
        assertThat(masters.get(1).what().duration()).isPresent();
        assertThat(masters.get(2).what().duration()).isPresent();
        assertThat(masters.get(5).what().actor()).isEqualTo("operator");
        assertThat(events(Set.of(EventType.LEFT))).extracting(event -> event.what().id())
                .containsExactly(Optional.of(NodeId.of("n2")));
    }

    @Test
    void numbersOfAWholeLifeHaveNoGaps() {
        cluster.started("n1");
        cluster.started("n2").stop().join();

        List<ClusterEvent> all = events(EnumSet.allOf(EventType.class));
        assertThat(all).extracting(ClusterEvent::type).containsExactly(EventType.JOINED, EventType.MASTER_ELECTED,
                EventType.JOINED, EventType.LEFT);
        assertThat(all).extracting(ClusterEvent::seq).containsExactly(0L, 1L, 2L, 3L);
        assertThat(all).extracting(ClusterEvent::zxid).isSorted();
    }

    /** The master would note it, and so would the node that registers anew: whoever comes first, it is told once. */
    @Test
    void anExpiredSessionIsToldOnceWhoeverNotesIt() {
        cluster.started("n1");
        ClusterNode second = cluster.started("n2");
        Incarnation lost = second.state().incarnation();

        cluster.expireSessionOf(NodeId.of("n2"));
        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> events(Set.of(EventType.JOINED)).size() == 3);
        second.stop().join();

        assertThat(events(Set.of(EventType.EXPIRED, EventType.CRASHED))).hasSize(1).first().satisfies(event -> {
            assertThat(event.type()).isEqualTo(EventType.EXPIRED);
            assertThat(event.what().incarnation()).contains(lost);
        });
    }

    @Test
    void aMasterWhoseSessionExpiredIsToldByItsSuccessor() {
        ClusterNode first = cluster.started("n1");
        cluster.started("n2");
        Incarnation lost = first.state().incarnation();

        cluster.expireSessionOf(NodeId.of("n1"));
        awaitEpoch(2);

        ClusterEvent end = events(Set.of(EventType.MASTER_LOST)).get(0);
        assertThat(end.what().incarnation()).contains(lost);
        assertThat(end.what().cause()).contains(Cause.SESSION_EXPIRED);
        assertThat(events(MASTERS)).hasSize(3).last().satisfies(elected ->
                assertThat(elected.zxid()).isEqualTo(end.zxid()));
    }

    @Test
    void strangersWhoKnockWithoutEndFillNoHistory() {
        ClusterNode member = cluster.started("n1");
        for (int i = 0; i < 40; i++) {
            JoinRequest request = new JoinRequest("other", new Peer(NodeId.of("x" + i), new Endpoint("127.0.0.1", 9)),
                    Addressee.at(member.state().address()), Incarnation.of(1, i), MemberKind.CANDIDATE, 0, "",
                    Map.of(), Optional.empty(), "");
            assertThat(BlockingNodeClient.ask(member.state().address(), request, AskTimeouts.of(TestCluster.PATIENCE))
                    .as(Refused.class)).isPresent();
        }
        List<ClusterEvent> refused = new ArrayList<>();
        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> {
            refused.clear();
            refused.addAll(events(Set.of(EventType.JOIN_REFUSED)));
            return refused.size() >= 5;
        });

        assertThat(refused).hasSizeLessThan(12);
        assertThat(refused.get(0).what().reason()).startsWith("WRONG_CLUSTER from 127.0.0.1:9");
        assertThat(refused.get(0).what().actor()).isEqualTo("n1");
    }
}
