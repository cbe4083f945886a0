package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.CandidacyNotes;
import io.curia.model.Cause;
import io.curia.model.Drain;
import io.curia.model.Epoch;
import io.curia.model.Illness;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.Penalty;
import io.curia.model.Switchover;
import io.curia.model.Veto;
import io.curia.store.ClusterStore;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.ErrorCode;
import io.curia.wire.message.ErrorReply;
import io.curia.wire.message.MembersReply;
import io.curia.wire.message.MembersRequest;
import io.curia.wire.message.StatusReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same answers through a node, without ZooKeeper. */
class ViaTest {

    private final Desk desk = varied();

    /** n1 (master) at 8001, n2 at 8002, n3 at 8003, an observer, one that is down, one that is evicted. */
    private static Desk varied() {
        Desk desk = Desk.ofThree();
        desk.cluster.join("watcher", MemberKind.OBSERVER, Map.of("zone", "a"));
        desk.cluster.join("n5");
        desk.cluster.crash("n5");
        desk.cluster.join("n6");
        desk.cluster.evict("n6", "ann@desk", "disk failing");
        note(desk, "n2", CandidacyNotes.NONE.withVeto(Optional.of(new Veto("no replica", desk.time.now(),
                desk.time.now().plusSeconds(600)))));
        note(desk, "n3", CandidacyNotes.NONE.withDrain(Optional.of(new Drain("bob@desk", "disk", desk.time.now())))
                .withIllness(Optional.of(new Illness("exit code 1", desk.time.now())))
                .withPenalty(Optional.of(new Penalty(2, new Epoch(1), "died", desk.time.now(),
                        desk.time.now().plusSeconds(300)))));
        want(desk);
        desk.time.advance(Duration.ofSeconds(90));
        return desk;
    }

    private static void note(Desk desk, String id, CandidacyNotes notes) {
        desk.cluster.store().put(desk.cluster.store().roster(NodeId.of(id)).orElseThrow().noted(notes));
    }

    /** A pause, and a switchover that is to come. */
    private static void want(Desk desk) {
        ClusterStore store = desk.cluster.store();
        Instant now = desk.time.now();
        store.putPause(store.intents().pause().saying(new Pause(now.plusSeconds(1_800), "ann@desk", "upgrade", now)));
        store.putSwitchover(store.intents().switchover().saying(new Switchover("wish", NodeId.of("n1"), new Epoch(1),
                Optional.of(NodeId.of("n3")), Cause.SWITCHOVER, false, now.plusSeconds(600), now.plusSeconds(635),
                Duration.ZERO, "bob@desk", "new disk", now, Optional.empty())), store.master().version());
    }

    private static UnaryOperator<StatusReply> disconnected() {
        return said -> new StatusReply(said.id(), said.role(), said.epoch(), said.valid(), 0, said.master(),
                said.incarnation(), said.uuid(), said.cluster(), false, said.pid(), said.address(), said.vigil());
    }

    @ParameterizedTest
    @ValueSource(strings = {"members", "members -o wide", "members -o name", "members -o yaml", "members -o json",
        "master", "master -o wide", "master -o name", "master -o json",
        "members --filter status=down --sort -id", "evictions",
        "evictions -o json", "evictions -o wide", "evictions -o name"})
    void whatANodeTellsLooksLikeWhatZooKeeperHolds(String line) {
        assertThat(desk.run((line + " --via 127.0.0.1:8002").split(" "))).as(desk.said()).isZero();
        Desk other = varied();
        assertThat(other.run(line.split(" "))).isZero();

        assertThat(desk.opened).as("no ZooKeeper").isEmpty();
        assertThat(withoutItsOrigin(desk.printed())).isEqualTo(withoutItsOrigin(other.printed()));
    }

    /** Two clusters have two uuids, and only one of the documents says via whom it came. */
    private static String withoutItsOrigin(String printed) {
        return printed.replaceAll("(?s),\\s*\"via\": \\{.*?\\}", "").replaceAll("(?s)\nvia:\n(  .*?\n)+", "\n")
                .replaceAll("uuid\"?: \"?[0-9a-f-]{36}\"?", "uuid");
    }

    /** What a node tells adds who told it, and nothing is lacking before that. */
    @ParameterizedTest
    @ValueSource(strings = {"members", "master", "evictions"})
    void whatOperatorsWantAndWhyIsToldToo(String verb) {
        desk.run(verb, "--via", "127.0.0.1:8002");
        Desk other = varied();
        other.run(verb);

        String held = other.said().lines().findFirst().orElseThrow();
        assertThat(desk.said()).startsWith(held + "; as n2 read it 0s ago");
        if (!verb.equals("evictions")) {
            assertThat(held).contains("PAUSED for 28m more by ann@desk: upgrade",
                    "switchover to n3 at ", "asked for by bob@desk: new disk");
        }
    }

    @Test
    void whoRefusedItsPromotionIsShownWithWhatItSaid() {
        desk.run("members", "--via", "127.0.0.1:8002");

        assertThat(desk.printed())
                .containsPattern("n2 +LIVE +VETOED .* refused promotion at 2026-01-31T12:00:00Z: no replica")
                .containsPattern("n3 +LIVE +DRAINED .* drained by bob@desk: disk; unhealthy: exit code 1; flapping: ");
    }

    /** A node tells what it last read, a minute ago maybe. */
    @Test
    void whoseRestIsOverByTheReadersClockMayLeadAgain() {
        MembersReply told = MembersReply.to(MembersRequest.first(), desk.cluster.store().view());
        desk.nodes.insteadOfMembers("n2", told);
        desk.time.advance(Duration.ofMinutes(15));

        desk.run("members", "--via", "127.0.0.1:8002");

        assertThat(desk.printed()).containsPattern("n2 +LIVE +STANDBY .* refused promotion at ");
    }

    @Test
    void aPauseThatIsOverByTheReadersClockIsNone() {
        desk.time.advance(Duration.ofMinutes(29));

        desk.run("members", "--via", "127.0.0.1:8002");

        assertThat(desk.said()).doesNotContain("PAUSED", "switchover");
    }

    @Test
    void whoWasMasterLastAndWhyNoMoreIsToldToo() {
        desk.cluster.evict("n1", "ann@desk", "disk failing");
        Desk other = varied();
        other.cluster.evict("n1", "ann@desk", "disk failing");

        assertThat(desk.run("master", "--via", "127.0.0.1:8002")).isEqualTo(6);
        other.run("master");

        assertThat(desk.said()).contains("the last was n1, epoch 1, ended 0s ago (EVICTED) by ann@desk: disk failing",
                "PAUSED for 28m more");
        assertThat(desk.said().replace("; as n2 read it 0s ago", "")).isEqualTo(other.said());
    }

    @Test
    void theHeadlineSaysWhoToldItAndTheDocumentWhen() {
        desk.run("members", "--via", "127.0.0.1:8002");
        Desk json = varied();
        json.run("master", "--via", "127.0.0.1:8003", "-o", "json");

        assertThat(desk.said()).contains("master n1", "as n2 read it 0s ago");
        assertThat(json.printed()).contains("\"via\": {", "\"id\": \"n3\"", "\"stale\": false", "\"asOf\": \"2026-");
    }

    @Test
    void whatANodeTellsThatHasLostZooKeeperIsMarkedStale() {
        desk.nodes.saying("n2", disconnected());

        assertThat(desk.run("members", "--via", "127.0.0.1:8002")).isZero();

        assertThat(desk.said()).contains("STALE: n2 has lost ZooKeeper, it read this");
    }

    @Test
    void theFirstThatAnswersIsAsked() {
        desk.nodes.unconnectable("n1", NoAnswerException.Kind.TIMEOUT).dumb("n2", NoAnswerException.Kind.TIMEOUT);

        assertThat(desk.run("master", "--via", "127.0.0.1:8001,127.0.0.1:8002,127.0.0.1:8003")).isZero();

        assertThat(desk.said()).contains("as n3 read it");
    }

    static Stream<UnaryOperator<ScriptedNodes>> silences() {
        return Stream.of(nodes -> nodes.unconnectable("n2", NoAnswerException.Kind.REFUSED),
                nodes -> nodes.dumb("n2", NoAnswerException.Kind.PROTOCOL),
                nodes -> nodes.insteadOfMembers("n2", new ErrorReply(ErrorCode.UNAVAILABLE, "not seen yet")));
    }

    @ParameterizedTest
    @MethodSource("silences")
    void aNodeThatDoesNotTellIsThreeAndSaysWhatElseToTry(UnaryOperator<ScriptedNodes> silence) {
        silence.apply(desk.nodes);

        assertThat(desk.run("members", "--via", "127.0.0.1:8002")).isEqualTo(3);

        assertThat(desk.said()).hasLineCount(1).contains("127.0.0.1:8002", "--via", "ZooKeeper");
        assertThat(desk.printed()).isEmpty();
    }

    @Test
    void noMasterIsSixHereToo() {
        desk.cluster.crash("n1");

        assertThat(desk.run("master", "--via", "127.0.0.1:8002")).isEqualTo(6);

        assertThat(desk.said()).contains("no master now");
    }

    @Test
    void aNodeOfAnotherClusterIsFive() {
        assertThat(desk.run("members", "--via", "127.0.0.1:8002", "--cluster", "orders")).isEqualTo(5);

        assertThat(desk.said()).contains("n2 at 127.0.0.1:8002 is a member of cluster 'curia', not of 'orders'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "host", "host:port", "127.0.0.1:8002,"})
    void whatIsNoAddressIsTwo(String via) {
        Desk other = varied();
        int code = other.run("members", "--via", via);

        assertThat(code).isEqualTo(via.endsWith(",") ? 0 : 2);
    }

    @Test
    void theVariableCountsUnlessServersAreNamed() {
        desk.environment.put("CURIA_VIA", "127.0.0.1:8002");
        desk.run("members");
        assertThat(desk.opened).isEmpty();

        Desk other = varied();
        other.environment.put("CURIA_VIA", "127.0.0.1:8002");
        other.run("members", "--zookeeper", "zk1:2181");
        assertThat(other.opened.orElseThrow().connect()).isEqualTo("zk1:2181");
    }

    @Test
    void aWatchShowsOnlyWhatChangedAndOutlivesASilence() {
        desk.time.then(() -> { }).then(() -> desk.cluster.crash("n3"))
                .then(() -> desk.nodes.unconnectable("n2", NoAnswerException.Kind.TIMEOUT)).then(() -> { })
                .thenInterrupt();

        desk.run("members", "--via", "127.0.0.1:8002", "-o", "json", "--watch");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(desk.printed()).hasLineCount(2);
        assertThat(desk.said()).contains("the node cannot be reached");
    }

    @Test
    void manyMembersComeInPages() {
        Desk large = Desk.ofThree();
        for (int i = 0; i < 1_000; i++) {
            large.cluster.join("node-" + i, MemberKind.OBSERVER, Map.of("zone", "z" + i % 3));
        }

        assertThat(large.run("members", "--via", "127.0.0.1:8002", "-o", "name")).as(large.said()).isZero();

        assertThat(large.printed()).hasLineCount(1_003).contains("node-999\n");
    }

    @Test
    void aStatusNamesTheNode() {
        // A node may answer under another name than the one expected at that address; it is believed, and named.
        desk.nodes.saying("n2", said -> new StatusReply(NodeId.of("n9"), said.role(), said.epoch(), false, 0,
                Optional.empty(), said.incarnation(), said.uuid(), said.cluster(), true, said.pid(), said.address(),
                said.vigil()));

        desk.run("master", "--via", "127.0.0.1:8002");

        assertThat(desk.said()).contains("as n9 read it");
    }
}
