package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.curia.core.Farewell;
import io.curia.model.Endpoint;
import io.curia.model.Incarnation;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.RefusalReason;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import io.curia.store.StoreException;
import io.curia.wire.AskTimeouts;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.message.Addressee;
import io.curia.wire.message.ErrorReply;
import io.curia.wire.message.JoinRequest;
import io.curia.wire.message.MasterReply;
import io.curia.wire.message.MasterRequest;
import io.curia.wire.message.MembersReply;
import io.curia.wire.message.MembersRequest;
import io.curia.wire.message.Peer;
import io.curia.wire.message.Ping;
import io.curia.wire.message.Pong;
import io.curia.wire.message.Refused;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.StatusRequest;
import io.curia.zookeeper.ZooKeeperConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.curator.test.InstanceSpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Being let in through any member, and every reason for not being. */
class AdmissionIT {

    private static final Incarnation NOBODY = Incarnation.of(1, 2);

    private TestCluster cluster;

    @BeforeEach
    void startZooKeeper() {
        cluster = TestCluster.start();
    }

    @AfterEach
    void stopEverything() throws Exception {
        cluster.close();
    }

    private static Reply ask(ClusterNode node, Request request) {
        return BlockingNodeClient.ask(node.state().address(), request, AskTimeouts.of(TestCluster.PATIENCE));
    }

    private static Refused refusalOf(ClusterNode member, String cluster, String id, Endpoint address) {
        return ask(member, new JoinRequest(cluster, new Peer(NodeId.of(id), address),
                Addressee.at(member.state().address()), NOBODY, MemberKind.CANDIDATE, 0, "", Map.of(),
                Optional.empty(), "let me in")).as(Refused.class).orElseThrow();
    }

    private static RefusalReason reasonOf(ClusterNode node) {
        assertThatThrownBy(() -> node.start().join()).hasCauseInstanceOf(NodeStartException.class);
        return node.ended().join().refusal().orElseThrow();
    }

    @Test
    void anyMemberLetsANewcomerIn() {
        cluster.started("n1");
        ClusterNode standby = cluster.started("n2");
        ClusterNode newcomer = cluster.node("n3", more -> more.join(standby.state().address().toString()));

        newcomer.start().join();

        Optional<RosterEntry> entry = cluster.withStore(store -> store.roster(NodeId.of("n3")));
        assertThat(entry.orElseThrow().actor()).isEqualTo("n2");
    }

    @Test
    void theFirstMemberThatAnswersIsEnough() {
        ClusterNode member = cluster.started("n1");
        ClusterNode newcomer = cluster.node("n2", more -> more
                .join("127.0.0.1:" + InstanceSpec.getRandomPort()).join(member.state().address().toString()));

        assertThat(newcomer.start().join().role()).isEqualTo(Role.STANDBY);
    }

    @Test
    void whenNobodyAnswersTheNodeGivesUp() {
        cluster.started("n1");
        ClusterNode newcomer = cluster.node("n2",
                more -> more.join("127.0.0.1:" + InstanceSpec.getRandomPort()));

        assertThatThrownBy(() -> newcomer.start().join()).hasMessageContaining("connection refused");
        assertThat(newcomer.ended().join().kind()).isEqualTo(Farewell.Kind.NO_PEER);
    }

    @Test
    void whenNobodyAnswersTheNodeBeginsAloneIfToldSo() {
        ClusterNode node = cluster.node("n1", more -> more
                .join("127.0.0.1:" + InstanceSpec.getRandomPort()).makeMasterOnError());

        assertThat(node.start().join().role()).isEqualTo(Role.MASTER);
    }

    @Test
    void aSecondLiveNodeOfTheSameIdIsRefused() {
        cluster.started("n1");
        ClusterNode twin = cluster.node("n1", more -> more);

        assertThat(reasonOf(twin)).isEqualTo(RefusalReason.DUPLICATE_ID);
    }

    @Test
    void aMemberRefusesALiveNodesIdToo() {
        ClusterNode member = cluster.started("n1");
        ClusterNode other = cluster.started("n2");

        assertThat(refusalOf(member, cluster.name(), "n2", other.state().address()).reason())
                .isEqualTo(RefusalReason.DUPLICATE_ID);
    }

    @Test
    void anotherClustersNameIsRefused() {
        ClusterNode member = cluster.started("n1");

        assertThat(refusalOf(member, "elsewhere", "n2", member.state().address()).reason())
                .isEqualTo(RefusalReason.WRONG_CLUSTER);
    }

    @Test
    void aMistypedClusterLeavesNothingBehindInZooKeeper() {
        ClusterNode member = cluster.started("n1");
        ClusterNode mistaken = ClusterNode.builder("n2").zooKeeper(cluster.connectString()).cluster("mistyped")
                .join(member.state().address().toString()).build();

        assertThatThrownBy(() -> mistaken.start().join()).hasMessageContaining("is in cluster " + cluster.name());

        try (ZooKeeperConnection connection = ZooKeeperConnection.forTool(
                cluster.settings().withCluster("mistyped"))) {
            assertThatThrownBy(() -> connection.store().cluster()).isInstanceOf(StoreException.class)
                    .hasMessageContaining("no cluster mistyped");
        }
    }

    @Test
    void anAddressThatDoesNotAnswerAsTheJoinerIsRefused() {
        ClusterNode member = cluster.started("n1");

        Refused nobody = refusalOf(member, cluster.name(), "n2",
                new Endpoint("127.0.0.1", InstanceSpec.getRandomPort()));
        Refused somebodyElse = refusalOf(member, cluster.name(), "n2", member.state().address());

        assertThat(nobody.reason()).isEqualTo(RefusalReason.UNREACHABLE);
        assertThat(nobody.detail()).contains("connection refused").contains("--advertise");
        assertThat(somebodyElse.reason()).isEqualTo(RefusalReason.UNREACHABLE);
        assertThat(somebodyElse.detail()).contains("n1");
    }

    @Test
    void anEvictedIdIsRefused() {
        ClusterNode member = cluster.started("n1");
        ClusterNode evicted = cluster.started("n2");
        Endpoint address = evicted.state().address();
        cluster.evict(NodeId.of("n2"), Optional.empty());
        evicted.ended().join();

        assertThat(refusalOf(member, cluster.name(), "n2", address).reason()).isEqualTo(RefusalReason.EVICTED);
    }

    @Test
    void withoutTheJoinSecretNobodyIsLetIn() {
        JoinSecret secret = JoinSecret.of("a secret of enough characters");
        ClusterNode member = cluster.node("n1", more -> more.joinSecret(secret));
        member.start().join();
        String address = member.state().address().toString();

        ClusterNode knowing = cluster.node("n2", more -> more.joinSecret(secret).join(address));
        ClusterNode guessing = cluster.node("n3",
                more -> more.joinSecret(JoinSecret.of("another secret of enough characters")).join(address));
        ClusterNode ignorant = cluster.node("n4", more -> more.join(address));

        assertThat(knowing.start().join().isMember()).isTrue();
        assertThat(reasonOf(guessing)).isEqualTo(RefusalReason.UNAUTHORIZED);
        assertThat(reasonOf(ignorant)).isEqualTo(RefusalReason.UNAUTHORIZED);
    }

    @Test
    void aMemberThatLostZooKeeperSendsJoinersElsewhereButAnswersQuestions() throws Exception {
        ClusterNode member = cluster.started("n1");
        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> member.view().isPresent());
        cluster.zooKeeper().stop();
        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> !member.state().connected());

        assertThat(refusalOf(member, cluster.name(), "n2", member.state().address()).reason())
                .isEqualTo(RefusalReason.UNAVAILABLE);
        assertThat(ask(member, new Ping()).as(Pong.class).orElseThrow().id()).isEqualTo(NodeId.of("n1"));
        assertThat(ask(member, new StatusRequest()).as(StatusReply.class).orElseThrow().connected()).isFalse();
        assertThat(ask(member, MembersRequest.first()).as(MembersReply.class).orElseThrow().members()).hasSize(1);
        assertThat(ask(member, new MasterRequest()).as(MasterReply.class)).isPresent();
    }

    @Test
    void statusTellsTheMastersValidityAndWhatIsLeftOfIt() {
        ClusterNode member = cluster.started("n1");

        StatusReply status = ask(member, new StatusRequest()).as(StatusReply.class).orElseThrow();

        assertThat(status.role()).isEqualTo(Role.MASTER);
        assertThat(status.valid()).isTrue();
        assertThat(status.guardRemainingMillis()).isPositive()
                .isLessThanOrEqualTo(TestCluster.SESSION_TIMEOUT.toMillis());
        assertThat(status.master()).contains(NodeId.of("n1"));
    }

    @Test
    void aNodeThatIsNotYetAMemberAnswersWhoItIs() {
        Duration patience = Duration.ofSeconds(30);
        ClusterNode waiting = ClusterNode.builder("n9").zooKeeper(cluster.settings()
                .withConnect("127.0.0.1:" + InstanceSpec.getRandomPort()).withConnectTimeout(patience)).build();
        try {
            waiting.start();
            Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> waiting.state().address().port() != 0);

            assertThat(ask(waiting, new Ping()).as(Pong.class).orElseThrow().id()).isEqualTo(NodeId.of("n9"));
            assertThat(ask(waiting, MembersRequest.first()).as(ErrorReply.class)).isPresent();
        } finally {
            waiting.close();
        }
    }
}
