package io.curia.zookeeper;

import static io.curia.store.TestNode.await;
import static io.curia.store.TestRecords.NOON;
import static io.curia.store.TestRecords.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Departure;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.store.ClusterStore.Eviction;
import io.curia.store.NodeSession.Leaving;
import io.curia.store.NodeSession.Removal;
import io.curia.store.NodeSession.Removed;
import io.curia.store.Outcome;
import io.curia.store.RecordingObserver;
import io.curia.store.TestNode;
import io.curia.zookeeper.RemovalTransaction.Prepared;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A removal that was decided on what was read, when something else was committed in between. */
final class RemovalTransactionIT {

    @AutoClose
    private static final TestServer SERVER = TestServer.start();

    @AutoClose
    private final Opened opened = new Opened();
    private final ZooKeeperSettings settings = SERVER.newCluster();
    private final ZooKeeperConnection tool = opened.add(ZooKeeperConnection.forTool(settings));

    private TestNode open(String id) {
        return new TestNode(node(id), opened.add(opened.add(ZooKeeperConnection.forNode(settings)).session(node(id))));
    }

    /** Committed, it would leave a tenure without an ending, and a successor that heeds no guard. */
    @Test
    void claimOfTheVictimInBetweenSparesIt() throws Exception {
        TestNode victim = open("n1").queued(1);
        TestNode bystander = open("n2").queued(2);
        Prepared decided = prepare(victim, bystander);

        Tenure tenure = victim.claims(1);

        assertConflict(decided);
        assertThat(await(victim.session.renew(tenure, 1)).isDone()).isTrue();
        assertStands(victim);
        assertStands(bystander);
    }

    @Test
    void evictionInBetweenStands() {
        TestNode victim = open("n1").queued(1);
        Prepared decided = prepare(victim);
        RosterEntry evicted = entry(victim).evicted("operator", "disk", NOON, Optional.empty());

        tool.store().evict(new Eviction(evicted, tool.store().live(victim.id), Optional.empty()));

        assertConflict(decided);
        assertThat(entry(victim)).isEqualTo(evicted.withVersion(evicted.version() + 1));
    }

    @Test
    void registrationMadeAnewInBetweenIsSpared() throws Exception {
        TestNode victim = open("n1").queued(1);
        Prepared decided = prepare(victim);

        victim.session.close();
        TestNode restarted = open("n1").queued(2);

        assertConflict(decided);
        assertStands(restarted);
        restarted.leads();
    }

    @Test
    void sessionThatExpiresInBetweenLeavesNothingToRemove() throws Exception {
        TestNode victim = open("n1").queued(1);
        TestNode bystander = open("n2").queued(2);
        Prepared decided = prepare(bystander, victim);

        victim.session.close();

        assertConflict(decided);
        assertStands(bystander);
    }

    @Test
    void placeGivenUpInBetweenIsAConflict() throws Exception {
        TestNode victim = open("n1").queued(1);
        Prepared decided = prepare(victim);
        ZooKeeper bare = opened.add(SERVER.bareClient());
        String place = victim.place();

        await(victim.session.withdrawLatch());
        // Withdrawing is done once it was asked for; the removal, on another session, must not overtake it.
        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(() -> bare.exists(place, false) == null);

        assertConflict(decided);
        assertThat(tool.store().live(victim.id)).contains(victim.member());
    }

    @Test
    void departureInOrderStands() {
        TestNode victim = open("n1").queued(1);
        Prepared decided = prepare(victim);
        RosterEntry departed = entry(victim).departed(new Departure(Departure.How.LEFT, NOON));

        await(victim.session.leave(new Leaving(departed, Optional.of(victim.place()), Optional.empty())));

        assertConflict(decided);
        assertThat(entry(victim).departure().map(Departure::how)).contains(Departure.How.LEFT);
    }

    @Test
    void removalWhoseAnswerWasLostIsUnknownAndDone() {
        TestNode victim = open("n1").queued(1);
        TestProxy proxy = opened.add(TestProxy.before(SERVER.connectString()));
        ZooKeeper remover = opened.add(TestServer.bareClient(proxy.connectString()));
        Prepared decided = prepare(remover, victim);

        proxy.loseAnswers();
        var committing = committed(decided);
        Awaitility.await().atMost(RecordingObserver.PATIENCE)
                .until(() -> tool.store().live(victim.id).isEmpty());
        proxy.cut();

        assertThat(await(committing).kind()).isEqualTo(Outcome.Kind.UNKNOWN);
    }

    @Test
    void removalWhoseReadsWereLostIsUnknownAndNotDone() throws Exception {
        TestNode victim = open("n1").queued(1);
        TestProxy proxy = opened.add(TestProxy.before(SERVER.connectString()));
        ZooKeeper remover = opened.add(TestServer.bareClient(proxy.connectString()));
        remover.exists("/", false);

        proxy.loseAnswers();
        var committing = committed(removal(victim), Optional.of(remover));
        proxy.cut();

        assertThat(await(committing).kind()).isEqualTo(Outcome.Kind.UNKNOWN);
        assertStands(victim);
    }

    @Test
    void removalWithoutAConnectionIsUnknown() throws Exception {
        TestNode victim = open("n1").queued(1);

        Outcome outcome = await(committed(removal(victim), Optional.empty()));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.UNKNOWN);
        assertStands(victim);
    }

    @Test
    void recordThatCannotBeUnderstoodIsAConflictThatNamesIt() throws Exception {
        TestNode victim = open("n1").queued(1);
        ZooKeeper remover = opened.add(SERVER.bareClient());
        String master = ZnodePaths.of(settings).master();
        remover.setData(master, new byte[] {'{'}, -1);

        Outcome outcome = await(committed(removal(victim), Optional.of(remover)));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(outcome.detail()).contains(master);
        assertStands(victim);
    }

    private Prepared prepare(TestNode... victims) {
        return prepare(opened.add(SERVER.bareClient()), victims);
    }

    private Prepared prepare(ZooKeeper remover, TestNode... victims) {
        return removal(victims).prepare(remover).orTimeout(RecordingObserver.PATIENCE.toSeconds(),
                TimeUnit.SECONDS).join().orElseThrow();
    }

    private RemovalTransaction removal(TestNode... victims) {
        return new RemovalTransaction(ZnodePaths.of(settings), node("remover"), ClientSettings.acl(settings),
                List.of(victims).stream().map(victim -> new Removal(victim.id, victim.member().incarnation(), true,
                        "refused", NOON)).toList(), Optional.empty(), new KnownPlaces());
    }

    private static CompletableFuture<Outcome> committed(RemovalTransaction removal, Optional<ZooKeeper> connected) {
        return removal.commit(connected, left -> { }).thenApply(Removed::outcome);
    }

    private static CompletableFuture<Outcome> committed(Prepared decided) {
        return decided.commit(left -> { }).thenApply(Removed::outcome);
    }

    private static void assertConflict(Prepared decided) {
        assertThat(await(committed(decided)).kind()).isEqualTo(Outcome.Kind.CONFLICT);
    }

    private void assertStands(TestNode node) throws InterruptedException, KeeperException {
        assertThat(tool.store().live(node.id)).contains(node.member());
        assertThat(entry(node).departure()).isEmpty();
        assertThat(opened.add(SERVER.bareClient()).exists(node.place(), false)).isNotNull();
    }

    private RosterEntry entry(TestNode node) {
        return tool.store().roster(node.id).orElseThrow();
    }
}
