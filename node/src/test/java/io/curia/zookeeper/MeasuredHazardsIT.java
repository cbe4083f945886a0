package io.curia.zookeeper;

import static io.curia.store.TestNode.await;
import static io.curia.store.TestRecords.NOON;
import static io.curia.store.TestRecords.ended;
import static io.curia.store.TestRecords.node;
import static io.curia.store.TestRecords.tenure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.curia.model.Cause;
import io.curia.model.Grounds;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.Tenure;
import io.curia.store.FencedWrite;
import io.curia.store.NodeSession.Removal;
import io.curia.store.Outcome;
import io.curia.store.RecordingObserver;
import io.curia.store.TestNode;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.ZooKeeper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * What Curator and ZooKeeper were measured to do that would break a cluster, and that a node's session notices.
 * If a test of a stock recipe fails here after an upgrade, the hazard is gone and its precaution may go.
 */
final class MeasuredHazardsIT {

    @AutoClose
    private final Opened opened = new Opened();
    private final TestServer server = opened.add(TestServer.start());
    private final ZooKeeperSettings settings = server.newCluster();

    private TestNode open(String id) {
        return open(id, settings);
    }

    private TestNode open(String id, ZooKeeperSettings through) {
        return new TestNode(node(id), opened.add(opened.add(ZooKeeperConnection.forNode(through)).session(node(id))));
    }

    /** Two leaders at once, each by its own word. */
    @Test
    void stockLatchDoesNotNoticeThatItsPlaceIsGone() throws Exception {
        CuratorFramework client = opened.add(CuratorFrameworkFactory.newClient(
                server.connectString(), 8000, 8000, new RetryOneTime(100)));
        client.start();
        LeaderLatch first = opened.add(new LeaderLatch(client, "/latch", "first"));
        first.start();
        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(first::hasLeadership);
        LeaderLatch second = opened.add(new LeaderLatch(client, "/latch", "second"));
        second.start();
        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(() -> second.getOurPath() != null);

        client.delete().forPath(first.getOurPath());

        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(second::hasLeadership);
        assertThat(first.hasLeadership()).isTrue();
    }

    @Test
    void sessionNoticesThatItsPlaceIsGoneAndItsTenureCannotBeRenewed() throws Exception {
        TestNode first = open("n1");
        Tenure tenure = first.master(1, 1);
        TestNode second = open("n2").queued(2);
        ZooKeeper bare = opened.add(server.bareClient());

        bare.delete(first.place(), -1);

        first.observer.sees("its place gone", seen -> seen.connected() && seen.latch().isEmpty());
        assertThat(await(first.session.renew(tenure, 1)).kind()).isEqualTo(Outcome.Kind.CONFLICT);
        second.claims(2);
        first.session.enterLatch();
        first.observer.sees("a place behind", seen -> seen.latch().filter(place -> !place.leading()).isPresent());
    }

    /** Falsely accused, a live master learns of its removal by its own watches, and nothing more is granted to it. */
    @Test
    void liveMasterRemovedAsDeadNoticesAndCanNeitherRenewNorWrite() {
        TestNode accused = open("n1");
        Tenure tenure = accused.master(1, 1);
        TestNode accuser = open("n2").queued(2);

        Outcome removed = await(accuser.session.remove(List.of(new Removal(accused.id,
                accused.member().incarnation(), false, "refused", NOON))));
        Outcome renewed = await(accused.session.renew(tenure, 1));
        Outcome written = await(accused.session.fenced(1,
                List.of(FencedWrite.create("/stale", new byte[0]))));

        assertThat(removed).isEqualTo(Outcome.done(2));
        assertThat(renewed.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(written.kind()).isEqualTo(Outcome.Kind.FENCED);
        Observation seen = accused.observer.sees("nothing of its own left", now ->
                now.connected() && now.live().isEmpty() && now.latch().isEmpty());
        assertThat(seen.master().tenure().flatMap(Tenure::ending).filter(ending -> !ending.confirmed())).isPresent();
        accuser.claims(2);
        accused.queued(3);
        assertThat(accused.observer.last().latch().filter(LatchPlace::leading)).isEmpty();
    }

    /** A write to the leader's place takes the successor's one-shot watch with it: it never learns that it leads. */
    @Test
    void successorWhoseWatchWasBurntIsSeenFirstButNotLeadingAndQueuesAnew() throws Exception {
        TestNode first = open("n1").queued(1);
        first.leads();
        TestNode second = open("n2").queued(2);
        ZooKeeper bare = opened.add(server.bareClient());
        String burnt = second.place();

        bare.setData(first.place(), new byte[] {1}, -1);
        first.session.close();

        Observation stuck = second.observer.sees("first", seen -> seen.latch().filter(LatchPlace::first).isPresent());
        assertThat(stuck.latch().get().leading()).isFalse();
        await(second.session.withdrawLatch());
        second.session.enterLatch();
        second.leads();
        assertThat(second.place()).isNotEqualTo(burnt);
    }

    /** The answer to a committed claim is lost with the connection; the record shows whose claim it is. */
    @Test
    void claimWhoseAnswerWasLostIsRecognisedByItsClaimId() {
        TestProxy proxy = opened.add(TestProxy.before(server.connectString()));
        TestNode node = open("n1", through(proxy)).queued(1);
        Observation leading = node.leads();
        Tenure tenure = tenure(node.member(), 1, node.place());
        ZooKeeperConnection tool = opened.add(ZooKeeperConnection.forTool(settings));

        proxy.loseAnswers();
        var claiming = node.session.claim(tenure, 0, leading.roster().get().version(),
                Grounds.of(leading.intents()));
        Awaitility.await().atMost(RecordingObserver.PATIENCE)
                .until(() -> tool.store().master().tenure().isPresent());
        proxy.cut();

        assertThat(await(claiming).kind()).isEqualTo(Outcome.Kind.UNKNOWN);
        Observation seen = node.observer.sees("its claim", now -> now.connected()
                && now.master().tenure().filter(found -> found.claimId().equals(tenure.claimId())).isPresent());
        assertThat(seen.latch().map(LatchPlace::path)).contains(tenure.latchPath());
        assertThat(await(node.session.renew(tenure, seen.master().version())).isDone()).isTrue();
    }

    /** The place was made, the answer lost, and the node has changed its mind meanwhile: nobody may queue there. */
    @Test
    void placeWhoseCreationWasUnderWayIsGoneAfterWithdrawing() throws Exception {
        TestProxy proxy = opened.add(TestProxy.before(server.connectString()));
        TestNode node = open("n1", through(proxy)).registered(1);
        ZooKeeper bare = opened.add(server.bareClient());
        String latch = ZnodePaths.of(settings).latch();

        proxy.loseAnswers();
        node.session.enterLatch();
        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(() -> bare.getChildren(latch, false).size() == 1);
        await(node.session.withdrawLatch());
        proxy.cut();

        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(() -> bare.getChildren(latch, false).isEmpty());
        assertThat(node.observer.sees("connected", Observation::connected).latch()).isEmpty();
        node.session.enterLatch();
        node.leads();
        assertThat(bare.getChildren(latch, false)).hasSize(1);
    }

    private ZooKeeperSettings through(TestProxy proxy) {
        return new ZooKeeperSettings(proxy.connectString(), settings.root(), settings.cluster(),
                settings.sessionTimeout(), settings.connectTimeout(), settings.authFile(), settings.clientConfig());
    }

    @Test
    void shortRestartsOfTheServerCostNeitherSessionNorPlaceNorRegistration() {
        TestNode first = open("n1");
        Tenure tenure = first.master(1, 1);
        TestNode second = open("n2").queued(2);
        Observation before = first.observer.last();

        for (int round = 0; round < 3; round++) {
            server.stop();
            first.observer.sees("disconnected", seen -> !seen.connected());
            server.restart();
            first.observer.sees("connected", Observation::connected);
            second.observer.sees("connected", Observation::connected);

            assertThat(await(first.session.renew(tenure, 1)).isDone()).isTrue();
        }

        Observation after = first.leads();
        assertThat(after.sessionId()).isEqualTo(before.sessionId());
        assertThat(after.live()).isEqualTo(before.live());
        assertThat(after.latch().get().path()).isEqualTo(tenure.latchPath());
        assertThat(first.observer.observations()).filteredOn(seen -> seen.master().version() == 1)
                .allMatch(seen -> seen.latch().filter(LatchPlace::leading).isPresent());
        assertThat(second.observer.observations()).noneMatch(seen ->
                seen.latch().filter(LatchPlace::leading).isPresent());
    }

    @Test
    void closingWithoutServersReturns() {
        TestNode node = open("n1");
        node.master(1, 1);
        server.stop();
        node.observer.sees("disconnected", seen -> !seen.connected());

        assertTimeoutPreemptively(RecordingObserver.PATIENCE, node.session::close);
    }

    /** Nothing that was decided before the connection was lost is carried out after it is back. */
    @Test
    void writeWithoutAConnectionIsNotSentLater() {
        TestNode node = open("n1");
        Tenure tenure = node.master(1, 1);
        server.stop();
        node.observer.sees("disconnected", seen -> !seen.connected());

        Outcome outcome = await(node.session.end(ended(tenure,
                Cause.STEP_DOWN), 1));
        server.restart();
        Observation after = node.observer.sees("connected", Observation::connected);

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.UNKNOWN);
        assertThat(after.master().version()).isEqualTo(1);
    }
}
