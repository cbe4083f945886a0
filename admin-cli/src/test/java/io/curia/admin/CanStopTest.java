package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.Drain;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import io.curia.model.Switchover;
import io.curia.model.Veto;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.StatusReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether nodes may be stopped: the word, the exit code, and what speaks against it. */
class CanStopTest {

    private final Desk desk = Desk.ofThree();

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2", "n3", "n1 n2", "n2 n2"})
    void aHealthyClusterMayLoseAllButOne(String ids) {
        assertThat(desk.run(("can-stop " + ids).split(" "))).as(desk.said()).isZero();

        assertThat(desk.printed()).isEqualTo("yes\n");
        assertThat(desk.said()).isEmpty();
    }

    @Test
    void theLastCandidatesMayNotGo() {
        assertThat(desk.run("can-stop", "n1", "n2", "n3")).isEqualTo(10);

        assertThat(desk.printed()).isEqualTo("no\n");
        assertThat(desk.said()).contains("CANDIDATES_LEFT: nobody who could be master would be left");
    }

    @Test
    void asManyMustStayAsIsAskedFor() {
        assertThat(desk.run("can-stop", "n1", "--leave", "3")).isEqualTo(10);
        Desk other = Desk.ofThree();
        assertThat(other.run("can-stop", "n1", "--leave", "2")).isZero();
    }

    @Test
    void anObserverMayAlwaysGo() {
        desk.cluster.join("watcher", MemberKind.OBSERVER, Map.of());

        assertThat(desk.run("can-stop", "watcher", "--leave", "9")).as(desk.said()).isZero();
    }

    @Test
    void aNodeThatIsDownMayBeStopped() {
        desk.cluster.crash("n3");

        assertThat(desk.run("can-stop", "n3")).as(desk.said()).isZero();
    }

    @Test
    void aFrozenCandidateThatStaysSpeaksAgainstIt() {
        desk.nodes.dumb("n3", NoAnswerException.Kind.TIMEOUT);

        assertThat(desk.run("can-stop", "n1")).isEqualTo(10);

        assertThat(desk.said()).hasLineCount(1)
                .contains("CANDIDATES_ANSWER: no answer from n3 (accepts, says nothing)");
    }

    @Test
    void whatIsStoppedMustHearIt() {
        desk.nodes.dumb("n2", NoAnswerException.Kind.TIMEOUT);

        assertThat(desk.run("can-stop", "n2")).isEqualTo(10);

        assertThat(desk.said()).hasLineCount(1).contains("LEAVES_IN_ORDER", "evict");
    }

    @Test
    void aDeadMasterIsNoMaster() {
        desk.nodes.unconnectable("n1", NoAnswerException.Kind.REFUSED);

        assertThat(desk.run("can-stop", "n2")).isEqualTo(10);

        assertThat(desk.said()).contains("MASTER_PRESENT: the master, n1, does not answer (connection refused)");
    }

    @Test
    void duringAnElectionOneWaits() {
        desk.cluster.crash("n1");

        assertThat(desk.run("can-stop", "n2")).isEqualTo(10);

        assertThat(desk.said()).contains("MASTER_PRESENT: there is no master now", "master --watch");
    }

    @ParameterizedTest
    @CsvSource({"VIEWS_AGREE,epoch", "VIEWS_AGREE,master", "VIEWS_AGREE,disconnected", "VIEWS_AGREE,otherRun",
        "SUCCESSOR_READY,disconnected", "SUCCESSOR_READY,joining", "SUCCESSOR_READY,otherRun",
        "CANDIDATES_ANSWER,otherNode"})
    void everyDeviationOfTheOnlySuccessorSpeaksAgainstIt(String check, String deviation) {
        desk.nodes.saying("n2", deviation(deviation));

        assertThat(desk.run("can-stop", "n1", "n3")).isEqualTo(10);

        assertThat(desk.said()).contains(check + ": ");
    }

    @Test
    void aMasterWhoseGuardRanOutIsNoMaster() {
        desk.nodes.saying("n1", deviation("invalid"));

        assertThat(desk.run("can-stop", "n3")).isEqualTo(10);

        assertThat(desk.said()).hasLineCount(1).contains("MASTER_PRESENT");
    }

    /** It answers and is in touch with ZooKeeper, and would never be master. */
    @Test
    void aDrainedStandbyIsNoSuccessor() {
        RosterEntry entry = desk.cluster.store().roster(NodeId.of("n2")).orElseThrow();
        desk.cluster.store().put(entry.noted(entry.notes().withDrain(
                Optional.of(new Drain("ann@desk", "new disk", desk.time.now())))));

        assertThat(desk.run("can-stop", "n1", "n3")).isEqualTo(10);

        assertThat(desk.said()).contains("CANDIDATES_LEFT: ", "SUCCESSOR_READY: ");
    }

    /** Its rest is over, so that it queues again; what it will say when it is asked nobody knows. */
    @Test
    void whoseLastWordOnItsPromotionWasNoIsNoSuccessor() {
        RosterEntry entry = desk.cluster.store().roster(NodeId.of("n2")).orElseThrow();
        Instant asked = desk.time.now().minusSeconds(600);
        desk.cluster.store().put(entry.noted(entry.notes().withVeto(
                Optional.of(new Veto("no replica", asked, asked.plusSeconds(5))))));

        assertThat(desk.run("can-stop", "n1", "n3")).isEqualTo(10);

        assertThat(desk.said()).hasLineCount(1).contains("SUCCESSOR_READY: ", "n2 refused promotion at ", "no replica");
        assertThat(new Desk(desk).run("can-stop", "n1")).as("n3 is left").isZero();
    }

    @Test
    void whileAPauseHoldsNoCandidateMayGo() {
        Pause pause = new Pause(desk.time.now().plusSeconds(60), "ann@desk", "", desk.time.now());
        desk.cluster.store().putPause(desk.cluster.store().view().intents().pause().saying(pause));

        assertThat(desk.run("can-stop", "n1")).isEqualTo(10);
        assertThat(desk.said()).hasLineCount(1).contains("NOT_PAUSED: paused by ann@desk until", "resume");

        desk.time.advance(Duration.ofSeconds(61));
        assertThat(new Desk(desk).run("can-stop", "n1")).as("a pause that is over").isZero();
    }

    @Test
    void whileASwitchoverIsUnderWayNobodyMayGo() {
        Instant now = desk.time.now();
        Switchover switchover = new Switchover("s1", NodeId.of("n1"), Epoch.NONE.next(), Optional.empty(),
                Cause.SWITCHOVER, false, now, now.plusSeconds(30), Duration.ZERO, "ann@desk", "", now,
                Optional.empty());
        int version = desk.cluster.store().master().version();
        desk.cluster.store().putSwitchover(
                desk.cluster.store().view().intents().switchover().saying(switchover), version);

        assertThat(desk.run("can-stop", "n3")).isEqualTo(10);

        assertThat(desk.said()).hasLineCount(1).contains("NO_SWITCHOVER: a switchover of n1 by ann@desk", "--cancel");
    }

    @Test
    void jsonHasEveryCheckAndWhatToDo() {
        desk.nodes.dumb("n2", NoAnswerException.Kind.TIMEOUT);

        assertThat(desk.run("can-stop", "n2", "-o", "json")).isEqualTo(10);

        assertThat(desk.printed()).contains("\"safe\": false", "\"failedChecks\": [", "\"check\": \"LEAVES_IN_ORDER\"",
                "\"passed\": true", "\"advice\": \"a frozen process");
        assertThat(desk.said()).isEmpty();
    }

    @Test
    void wideShowsEveryCheckAndNameTheWord() {
        desk.run("can-stop", "n2", "-o", "wide");
        Desk other = Desk.ofThree();
        other.run("can-stop", "n2", "-o", "name");

        assertThat(desk.printed()).contains("CHECK", "ENSEMBLE_QUORUM", "VIEWS_AGREE");
        assertThat(other.printed()).isEqualTo("yes\n");
    }

    @Test
    void whoIsNoMemberIsFive() {
        assertThat(desk.run("can-stop", "n1", "zz", "aa")).isEqualTo(5);

        assertThat(desk.said()).contains("no such member: aa, zz");
        assertThat(desk.printed()).isEmpty();
    }

    private static UnaryOperator<StatusReply> deviation(String which) {
        return said -> {
            boolean otherRun = which.equals("otherRun");
            return new StatusReply(which.equals("otherNode") ? NodeId.of("n9") : said.id(),
                    which.equals("joining") ? Role.JOINING : said.role(),
                    which.equals("epoch") ? Epoch.NONE : said.epoch(), said.valid() && !which.equals("invalid"), 0,
                    which.equals("master") ? Optional.of(NodeId.of("n3")) : said.master(),
                    otherRun ? Incarnation.of(77, 77) : said.incarnation(), said.uuid(), said.cluster(),
                    !which.equals("disconnected"), said.pid(), said.address(), said.vigil());
        };
    }
}
