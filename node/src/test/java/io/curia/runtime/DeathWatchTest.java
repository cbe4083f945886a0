package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Event;
import io.curia.core.Obituary;
import io.curia.model.Cause;
import io.curia.model.ClusterIdentity;
import io.curia.model.ClusterView;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Intents;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Priority;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.wire.Connection;
import io.curia.wire.NodeServer;
import io.curia.wire.ServerLimits;
import io.curia.wire.message.LifelineReply;
import io.curia.wire.message.LifelineRequest;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.Peer;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import io.curia.wire.message.Vigil;
import io.curia.wire.message.WitnessReply.Seen;
import io.curia.wire.message.WitnessRequest;
import io.curia.zookeeper.ZooKeeperSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The watch of one node, on a real port, over members that are played; ZooKeeper has no part in it. */
class DeathWatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final NodeId SELF = NodeId.of("m");
    private static final Incarnation MINE = Incarnation.of(7, 0);
    private static final ClusterIdentity CLUSTER =
            new ClusterIdentity(FakeMember.CLUSTER, FakeMember.UUID, NOON);
    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);

    private final BlockingQueue<Event> posted = new LinkedBlockingQueue<>();
    private final List<FakeMember> members = new ArrayList<>();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
    private final Accusations accusations = new Accusations(SELF);
    private final NodeServer server =
            NodeServer.start("test-watch", ANY_PORT, ServerLimits.DEFAULT, this::answer);
    private volatile NodeState state = standby(MasterRecord.VACANT);
    private volatile Optional<ClusterView> view = Optional.empty();
    private final DeathWatch watch = new DeathWatch(config(), server, thread, () -> state, () -> view, accusations,
            posted::add, Clock.systemUTC());

    @AfterEach
    void stop() {
        thread.shutdownNow();
        server.close();
        members.forEach(FakeMember::close);
    }

    private static NodeConfig config() {
        return new NodeConfig(SELF, ZooKeeperSettings.of("127.0.0.1:1", FakeMember.CLUSTER), ANY_PORT,
                Optional.empty(), List.of(), false, MemberKind.CANDIDATE, Map.of(), Priority.DEFAULT, Optional.empty(),
                Optional.empty(), Optional.empty(), false, Failover.FAST, Duration.ofSeconds(1));
    }

    private NodeState standby(MasterRecord master) {
        return new NodeState(SELF, MemberKind.CANDIDATE, Role.STANDBY, new Epoch(1), MINE, server.address(), true,
                Optional.of(CLUSTER), Optional.empty(), master, master.tenure().isPresent());
    }

    private CompletionStage<? extends Reply> answer(Request request, Connection connection) {
        if (request instanceof WitnessRequest question) {
            return watch.testify(question);
        }
        LifelineRequest caller = (LifelineRequest) request;
        connection.keep();
        watch.called(caller, connection);
        return CompletableFuture.completedStage(new LifelineReply(caller.cluster(), caller.uuid(),
                new Peer(SELF, server.address()), MINE, new Epoch(1), Optional.empty(), true));
    }

    private FakeMember member(String id) {
        FakeMember member = new FakeMember(id, members.size() + 1);
        members.add(member);
        return member;
    }

    /** The watch learns who is registered. */
    private void see(Member... live) {
        List<Member> all = new ArrayList<>(List.of(live));
        all.add(FakeMember.member(SELF, MINE, server.address()));
        view = Optional.of(ClusterView.of(CLUSTER, state.master(), all.stream().map(member ->
                RosterEntry.admitted(member.id(), member.kind(), "test", "", NOON).registered(member)).toList(), all,
                Intents.NONE, NOON));
        watch.changed();
    }

    private void awaitWatched(FakeMember... watched) {
        Awaitility.await().atMost(PATIENCE).until(() -> watch.standing().vigil().watched().equals(
                List.of(watched).stream().map(member -> member.id).sorted().toList()));
    }

    private Obituary awaitObituary() throws InterruptedException {
        while (true) {
            Event next = posted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(next).as("a death reported").isNotNull();
            if (next instanceof Event.DeathVerified found) {
                return found.obituary();
            }
        }
    }

    private void assertNobodyIsAccused() {
        assertThat(posted).noneMatch(Event.DeathVerified.class::isInstance);
        assertThat(watch.standing().vigil().made()).isZero();
    }

    private static Endpoint closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return new Endpoint("127.0.0.1", socket.getLocalPort());
        }
    }

    /** Its record is seen long before a view is read, and it may die in between. */
    @Test
    void theMasterIsWatchedBeforeTheFirstViewOfTheCluster() throws Exception {
        FakeMember master = member("a");
        Tenure tenure = new Tenure(new Epoch(1), master.id, master.incarnation, master.address(), 1, "/latch/1", NOON,
                Cause.FIRST, "c1", Duration.ofSeconds(3), Optional.empty());
        state = standby(new MasterRecord(Optional.of(tenure), 1));
        watch.changed();
        awaitWatched(master);
        assertThat(view).isEmpty();
        assertThat(watch.standing().vigil().isComplete()).isTrue();

        master.die();

        assertThat(awaitObituary().id()).isEqualTo(master.id);
    }

    @Test
    void aMemberWhosePortRefusesAfterItsLifelineWasCutIsDeadAndTheEvidenceSaysWhoSaw() throws Exception {
        FakeMember dead = member("n1");
        see(dead.member());
        awaitWatched(dead);

        dead.die();
        Obituary obituary = awaitObituary();

        assertThat(obituary.incarnation()).isEqualTo(dead.incarnation);
        assertThat(obituary.proven()).isTrue();
        assertThat(obituary.evidence()).contains("without a goodbye", "REFUSED", dead.address().toString(),
                "seen by m");
    }

    @Test
    void aMemberWhoseLifelineWasCutAndWhoAnswersIsWatchedAgain() {
        FakeMember alive = member("n1");
        see(alive.member());
        awaitWatched(alive);

        alive.cut();

        Awaitility.await().atMost(PATIENCE).until(() -> watch.standing().vigil().cleared() == 1);
        awaitWatched(alive);
        assertNobodyIsAccused();
    }

    /** The records may name it for a while, and its port refuses: that is no news. */
    @Test
    void whoeverSaidGoodbyeIsNeitherWantedNorAccused() throws Exception {
        FakeMember leaving = member("n1");
        see(leaving.member());
        awaitWatched(leaving);

        leaving.leave();

        Awaitility.await().atMost(PATIENCE).until(() -> watch.standing().vigil().wanted() == 0);
        assertNobodyIsAccused();
    }

    /** By itself this node would find out nothing. An answer that comes too late is asked for again. */
    @Test
    void aWitnessThatFindsItRefusedConvictsWhomThisNodeCannotMakeOut() throws Exception {
        FakeMember suspect = member("n1").shy();
        FakeMember witness = member("n2").seeing(Seen.REFUSED);
        see(suspect.member(), witness.member());
        awaitWatched(suspect, witness);

        Awaitility.await().atMost(PATIENCE).until(() -> {
            suspect.cut();
            return watch.standing().vigil().made() > 0;
        });

        assertThat(awaitObituary().evidence()).contains("a witness found REFUSED");
        assertThat(witness.questions).contains(new WitnessRequest(suspect.id, suspect.incarnation));
    }

    @Test
    void aWitnessThatSaysNothingHoldsNobodyUp() throws Exception {
        FakeMember dead = member("n1");
        FakeMember witness = member("n2");
        see(dead.member(), witness.member());
        awaitWatched(dead, witness);

        dead.die();

        assertThat(awaitObituary().id()).isEqualTo(dead.id);
    }

    @Test
    void aMemberOfAnEarlierVersionIsNotAsked() throws Exception {
        FakeMember dead = member("n1");
        FakeMember old = member("n2").old().seeing(Seen.ALIVE);
        see(dead.member(), old.member());
        awaitWatched(dead, old);

        dead.die();

        assertThat(awaitObituary().id()).isEqualTo(dead.id);
        assertThat(old.questions).isEmpty();
    }

    @Test
    void aStandbyThatNobodyEverReachedIsAccusedWithoutProof() throws Exception {
        Member gone = FakeMember.member(NodeId.of("n1"), Incarnation.of(7, 9), closedPort());

        see(gone);
        Obituary obituary = awaitObituary();

        assertThat(obituary.incarnation()).isEqualTo(gone.incarnation());
        assertThat(obituary.proven()).isFalse();
    }

    @Test
    void whoeverHeldALifelineToThisNodeAndHungUpIsLookedForWhereItIsRegistered() throws Exception {
        FakeMember[] successors = {member("n1"), member("n2"), member("n3")};
        Member caller = FakeMember.member(NodeId.of("a"), Incarnation.of(7, 9), closedPort());
        see(caller, successors[0].member(), successors[1].member(), successors[2].member());
        awaitWatched(successors);

        callAndHangUp(caller);
        Obituary obituary = awaitObituary();

        assertThat(obituary.incarnation()).isEqualTo(caller.incarnation());
        assertThat(obituary.proven()).isTrue();
        assertThat(obituary.evidence()).contains("its own lifeline");
    }

    @Test
    void whoeverHungUpBeforeItWasSeenInAViewIsLookedForWhenItIs() throws Exception {
        FakeMember[] successors = {member("n1"), member("n2"), member("n3")};
        see(successors[0].member(), successors[1].member(), successors[2].member());
        awaitWatched(successors);
        Member caller = FakeMember.member(NodeId.of("a"), Incarnation.of(7, 9), closedPort());
        callAndHangUp(caller);
        Awaitility.await().atMost(PATIENCE).until(() -> watch.standing().vigil().callers() == 0);

        see(caller, successors[0].member(), successors[1].member(), successors[2].member());

        assertThat(awaitObituary().incarnation()).isEqualTo(caller.incarnation());
    }

    /** Returns when the caller is known to have been heard. */
    private void callAndHangUp(Member caller) throws IOException {
        try (Socket socket = new Socket(server.address().host(), server.address().port())) {
            socket.getOutputStream().write(MessageCodec.encode(new LifelineRequest(CLUSTER.name(), CLUSTER.uuid(),
                    new Peer(caller.id(), caller.address()), caller.incarnation(), new Epoch(1))));
            assertThat(socket.getInputStream().read()).isPositive();
            assertThat(watch.standing().vigil().callers()).isEqualTo(1);
        }
    }

    @Test
    void itTestifiesWhatItSeesOfWhoeverItKnowsAndOfNobodyElse() {
        FakeMember alive = member("n1");
        see(alive.member());
        awaitWatched(alive);

        assertThat(testimony(alive.id, alive.incarnation)).isEqualTo(Seen.ALIVE);
        assertThat(testimony(alive.id, Incarnation.of(1, 1))).isEqualTo(Seen.UNKNOWN);
        assertThat(testimony(NodeId.of("nobody"), alive.incarnation)).isEqualTo(Seen.UNKNOWN);
        alive.die();
        Awaitility.await().atMost(PATIENCE).until(() ->
                testimony(alive.id, alive.incarnation) == Seen.REFUSED);
    }

    private Seen testimony(NodeId id, Incarnation incarnation) {
        return watch.testify(new WitnessRequest(id, incarnation)).toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join().seen();
    }

    @Test
    void whoeverWasRemovedAndIsHeardOfAgainWasWronglyAccused() {
        FakeMember again = member("n1").formerly(Incarnation.of(7, 99));
        accusations.accepted(List.of(new Obituary(again.id, Incarnation.of(7, 99), true, "", 0, NOON)));

        see(again.member());
        awaitWatched(again);

        Awaitility.await().atMost(PATIENCE).until(() -> watch.standing().vigil().refuted() == 1);
    }

    @Test
    void aNodeThatDoesNotWatchSaysSo() {
        assertThat(accusations.vigil(0, List.of(), 0)).isEqualTo(Vigil.NONE);
    }
}
