package io.curia.runtime;

import static io.curia.runtime.WatchStage.CLUSTER;
import static io.curia.runtime.WatchStage.NOON;
import static io.curia.runtime.WatchStage.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Obituary;
import io.curia.model.Cause;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.Tenure;
import io.curia.wire.message.LifelineRequest;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.Peer;
import io.curia.wire.message.Vigil;
import io.curia.wire.message.WitnessReply.Seen;
import io.curia.wire.message.WitnessRequest;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The watch of one node over others, cut off, dead, leaving or silent. */
class DeathWatchTest {

    @AutoClose
    private final WatchStage stage = new WatchStage();

    private static Endpoint closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return new Endpoint("127.0.0.1", socket.getLocalPort());
        }
    }

    /** Its record is seen long before a view is read, and it may die in between. */
    @Test
    void theMasterIsWatchedBeforeTheFirstViewOfTheCluster() throws Exception {
        FakeMember master = stage.member("a");
        Tenure tenure = new Tenure(new Epoch(1), master.id, master.incarnation, master.address(), 1, "/latch/1", NOON,
                Cause.FIRST, "c1", Duration.ofSeconds(3), Optional.empty());
        stage.see(tenure);
        stage.awaitWatched(master);
        assertThat(stage.watch.standing().vigil().isComplete()).isTrue();

        master.die();

        assertThat(stage.awaitObituary().id()).isEqualTo(master.id);
    }

    @Test
    void aMemberWhosePortRefusesAfterItsLifelineWasCutIsDeadAndTheEvidenceSaysWhoSaw() throws Exception {
        FakeMember dead = stage.member("n1");
        stage.see(dead.member());
        stage.awaitWatched(dead);

        dead.die();
        Obituary obituary = stage.awaitObituary();

        assertThat(obituary.incarnation()).isEqualTo(dead.incarnation);
        assertThat(obituary.proven()).isTrue();
        assertThat(obituary.evidence()).contains("without a goodbye", "REFUSED", dead.address().toString(),
                "seen by m");
    }

    @Test
    void aMemberWhoseLifelineWasCutAndWhoAnswersIsWatchedAgain() {
        FakeMember alive = stage.member("n1");
        stage.see(alive.member());
        stage.awaitWatched(alive);

        alive.cut();

        Awaitility.await().atMost(PATIENCE).until(() -> stage.watch.standing().vigil().cleared() == 1);
        stage.awaitWatched(alive);
        stage.assertNobodyIsAccused();
    }

    /** The records may name it for a while, and its port refuses: that is no news. */
    @Test
    void whoeverSaidGoodbyeIsNeitherWantedNorAccused() throws Exception {
        FakeMember leaving = stage.member("n1");
        stage.see(leaving.member());
        stage.awaitWatched(leaving);

        leaving.leave();

        Awaitility.await().atMost(PATIENCE).until(() -> stage.watch.standing().vigil().wanted() == 0);
        stage.assertNobodyIsAccused();
    }

    /** By itself this node would find out nothing. An answer that comes too late is asked for again. */
    @Test
    void aWitnessThatFindsItRefusedConvictsWhomThisNodeCannotMakeOut() throws Exception {
        FakeMember suspect = stage.member("n1").shy();
        FakeMember witness = stage.member("n2").seeing(Seen.REFUSED);
        stage.see(suspect.member(), witness.member());
        stage.awaitWatched(suspect, witness);

        Awaitility.await().atMost(PATIENCE).until(() -> {
            suspect.cut();
            return stage.watch.standing().vigil().made() > 0;
        });

        assertThat(stage.awaitObituary().evidence()).contains("a witness found REFUSED");
        assertThat(witness.questions).contains(new WitnessRequest(suspect.id, suspect.incarnation));
    }

    @Test
    void aWitnessThatSaysNothingHoldsNobodyUp() throws Exception {
        FakeMember dead = stage.member("n1");
        FakeMember witness = stage.member("n2");
        stage.see(dead.member(), witness.member());
        stage.awaitWatched(dead, witness);

        dead.die();

        assertThat(stage.awaitObituary().id()).isEqualTo(dead.id);
    }

    @Test
    void aMemberOfAnEarlierVersionIsNotAsked() throws Exception {
        FakeMember dead = stage.member("n1");
        FakeMember old = stage.member("n2").old().seeing(Seen.ALIVE);
        stage.see(dead.member(), old.member());
        stage.awaitWatched(dead, old);

        dead.die();

        assertThat(stage.awaitObituary().id()).isEqualTo(dead.id);
        assertThat(old.questions).isEmpty();
    }

    @Test
    void aStandbyThatNobodyEverReachedIsAccusedWithoutProof() throws Exception {
        Member gone = FakeMember.member(NodeId.of("n1"), Incarnation.of(7, 9), closedPort());

        stage.see(gone);
        Obituary obituary = stage.awaitObituary();

        assertThat(obituary.incarnation()).isEqualTo(gone.incarnation());
        assertThat(obituary.proven()).isFalse();
    }

    @Test
    void whoeverHeldALifelineToThisNodeAndHungUpIsLookedForWhereItIsRegistered() throws Exception {
        FakeMember[] successors = {stage.member("n1"), stage.member("n2"), stage.member("n3")};
        Member caller = FakeMember.member(NodeId.of("a"), Incarnation.of(7, 9), closedPort());
        stage.see(caller, successors[0].member(), successors[1].member(), successors[2].member());
        stage.awaitWatched(successors);

        callAndHangUp(caller);
        Obituary obituary = stage.awaitObituary();

        assertThat(obituary.incarnation()).isEqualTo(caller.incarnation());
        assertThat(obituary.proven()).isTrue();
        assertThat(obituary.evidence()).contains("its own lifeline");
    }

    @Test
    void whoeverHungUpBeforeItWasSeenInAViewIsLookedForWhenItIs() throws Exception {
        FakeMember[] successors = {stage.member("n1"), stage.member("n2"), stage.member("n3")};
        stage.see(successors[0].member(), successors[1].member(), successors[2].member());
        stage.awaitWatched(successors);
        Member caller = FakeMember.member(NodeId.of("a"), Incarnation.of(7, 9), closedPort());
        callAndHangUp(caller);
        Awaitility.await().atMost(PATIENCE).until(() -> stage.watch.standing().vigil().callers() == 0);

        stage.see(caller, successors[0].member(), successors[1].member(), successors[2].member());

        assertThat(stage.awaitObituary().incarnation()).isEqualTo(caller.incarnation());
    }

    /** The ends of its connections are heard of one by one. */
    @Test
    void whoeverWasJustReportedIsNotLookedIntoAgainForEachOfItsConnections() throws Exception {
        FakeMember dead = stage.member("n1");
        FakeMember other = stage.member("n2");
        stage.see(dead.member(), other.member());
        stage.awaitWatched(dead, other);
        dead.die();
        assertThat(stage.awaitObituary().id()).isEqualTo(dead.id);

        callAndHangUp(dead.member());
        Awaitility.await().atMost(PATIENCE).until(() -> stage.watch.standing().vigil().callers() == 0);
        other.die();

        assertThat(stage.awaitObituary().id()).isEqualTo(other.id);
    }

    /** The target of a switchover that claims and dies at once hangs up before anybody has seen that it is master. */
    @Test
    void whoeverDiesInAnothersTurnMayHaveBecomeMasterSoTheRecordsAreLookedAt() throws Exception {
        FakeMember[] successors = {stage.member("n1"), stage.member("n2"), stage.member("n3")};
        Member target = FakeMember.member(NodeId.of("a"), Incarnation.of(7, 9), closedPort());
        stage.see(target, successors[0].member(), successors[1].member(), successors[2].member());
        stage.awaitWatched(successors);
        assertThat(stage.observed).hasValue(0);

        callAndHangUp(target);

        Awaitility.await().atMost(PATIENCE).until(() -> stage.observed.get() > 0);
    }

    /** Nothing of it would be its turn, and others need the processors. */
    @Test
    void whoeverIsFarBehindInTheQueueLooksAtNothing() throws Exception {
        FakeMember[] successors = {stage.member("n1"), stage.member("n2"), stage.member("n3")};
        Member dead = FakeMember.member(NodeId.of("a"), Incarnation.of(7, 9), closedPort());
        stage.see(new Tenure(new Epoch(1), successors[0].id, successors[0].incarnation, successors[0].address(), 1,
                "/latch/1", NOON, Cause.FIRST, "c1", Duration.ofSeconds(3), Optional.empty()), 3);
        stage.see(dead, successors[0].member(), successors[1].member(), successors[2].member());
        stage.awaitWatched(successors);

        callAndHangUp(dead);

        assertThat(stage.awaitObituary().incarnation()).isEqualTo(dead.incarnation());
        assertThat(stage.observed).hasValue(0);
    }

    /** Who succeeds a master that is known as such has better things to do, and the others would be in its way. */
    @Test
    void whenAKnownMasterDiesInAnothersTurnNothingIsLookedAt() throws Exception {
        FakeMember master = stage.member("a");
        stage.see(new Tenure(new Epoch(1), master.id, master.incarnation, master.address(), 1, "/latch/1", NOON,
                Cause.FIRST, "c1", Duration.ofSeconds(3), Optional.empty()), 2);
        stage.awaitWatched(master);

        master.die();

        assertThat(stage.awaitObituary().id()).isEqualTo(master.id);
        assertThat(stage.observed).hasValue(0);
    }

    /** Returns when the caller is known to have been heard. */
    private void callAndHangUp(Member caller) throws IOException {
        try (Socket socket = new Socket(stage.server.address().host(), stage.server.address().port())) {
            socket.getOutputStream().write(MessageCodec.encode(new LifelineRequest(CLUSTER.name(), CLUSTER.uuid(),
                    new Peer(caller.id(), caller.address()), caller.incarnation(), new Epoch(1), true)));
            assertThat(socket.getInputStream().read()).isPositive();
            assertThat(stage.watch.standing().vigil().callers()).isEqualTo(1);
        }
    }

    @Test
    void itTestifiesWhatItSeesOfWhoeverItKnowsAndOfNobodyElse() {
        FakeMember alive = stage.member("n1");
        stage.see(alive.member());
        stage.awaitWatched(alive);

        assertThat(testimony(alive.id, alive.incarnation)).isEqualTo(Seen.ALIVE);
        assertThat(testimony(alive.id, Incarnation.of(1, 1))).isEqualTo(Seen.UNKNOWN);
        assertThat(testimony(NodeId.of("nobody"), alive.incarnation)).isEqualTo(Seen.UNKNOWN);
        alive.die();
        Awaitility.await().atMost(PATIENCE).until(() ->
                testimony(alive.id, alive.incarnation) == Seen.REFUSED);
    }

    private Seen testimony(NodeId id, Incarnation incarnation) {
        return stage.watch.testify(new WitnessRequest(id, incarnation)).toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join().seen();
    }

    @Test
    void whoeverWasRemovedAndIsHeardOfAgainWasWronglyAccused() {
        FakeMember again = stage.member("n1").formerly(Incarnation.of(7, 99));
        stage.accusations.accepted(List.of(new Obituary(again.id, Incarnation.of(7, 99), true, true, "", 0, NOON)));

        stage.see(again.member());
        stage.awaitWatched(again);

        Awaitility.await().atMost(PATIENCE).until(() -> stage.watch.standing().vigil().refuted() == 1);
    }

    @Test
    void aNodeThatDoesNotWatchSaysSo() {
        assertThat(stage.accusations.vigil(0, List.of(), 0)).isEqualTo(Vigil.NONE);
    }
}
