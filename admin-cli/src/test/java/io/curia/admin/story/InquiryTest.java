package io.curia.admin.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.admin.story.Witness.Account;
import io.curia.admin.story.Witness.Answer;
import io.curia.model.Cause;
import io.curia.model.ClusterEvent;
import io.curia.model.Epoch;
import io.curia.model.EventType;
import io.curia.model.Happening;
import io.curia.model.JournalEntry;
import io.curia.model.JournalEntry.Kind;
import io.curia.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of the records: for every way in which a mastership ends, and everybody who may or may not be heard. */
class InquiryTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant CHANGE = NOON.plusSeconds(600);
    private static final NodeId N1 = NodeId.of("n1");
    private static final NodeId N2 = NodeId.of("n2");

    private final List<ClusterEvent> events = new ArrayList<>();
    private final List<Witness> witnesses = new ArrayList<>();
    private final List<JournalEntry> entries = new ArrayList<>();

    private void event(Instant time, long zxid, Happening what) {
        events.add(new ClusterEvent(events.size(), zxid, time, what));
    }

    private static Happening mastership(EventType type, NodeId id, long epoch, Cause cause, String actor,
            String reason) {
        return new Happening(type, Optional.of(id), Optional.empty(), Optional.of(new Epoch(epoch)),
                Optional.of(cause), actor, reason, Optional.empty());
    }

    /** n1 is master of epoch 1 from noon on; ten minutes later that ends and n2 is master of epoch 2. */
    private void change(Cause cause, String actor, String reason) {
        event(NOON, 1, mastership(EventType.MASTER_ELECTED, N1, 1, Cause.FIRST, "n1", ""));
        event(CHANGE, 2, mastership(EventType.MASTER_LOST, N1, 1, cause, actor, reason));
        if (cause == Cause.LEFT) {
            event(CHANGE, 2, Happening.of(EventType.LEFT, N1, Optional.empty(), "n1", "SIGTERM"));
        }
        event(CHANGE, 3, mastership(EventType.MASTER_ELECTED, N2, 2, cause, "n2", ""));
    }

    private void entry(Instant at, Kind kind, Duration length) {
        entries.add(new JournalEntry(entries.size(), at, 0, kind, Optional.empty(), Optional.empty(),
                length.isZero() ? Optional.empty() : Optional.of(length), kind.name()));
    }

    private void answers(NodeId id, Answer answer) {
        witnesses.add(new Witness(id, Optional.empty(), answer, Optional.empty()));
    }

    /** n1 tells what was laid in, by a clock that is so far ahead. */
    private void tells(Instant begun, Duration ahead) {
        witnesses.add(new Witness(N1, Optional.empty(), Answer.TOLD, Optional.of(new Account(begun, ahead, entries))));
    }

    private Story story() {
        return Inquiry.into(Optional.empty(), events).orElseThrow().story(witnesses);
    }

    private void assertCulprit(Culprit culprit, String... words) {
        assertThat(story().culprit()).as(story().sentence()).isEqualTo(culprit);
        assertThat(story().sentence()).contains("n1");
        assertThat(words).allSatisfy(word -> assertThat(story().sentence()).contains(word));
    }

    @Test
    void theFirstMasterHasNobodyBeforeIt() {
        event(NOON, 1, mastership(EventType.MASTER_ELECTED, N1, 1, Cause.FIRST, "n1", ""));

        assertCulprit(Culprit.FIRST, "became the first master");
    }

    @ParameterizedTest
    @CsvSource({"LEFT,n1,asked,LEFT,SIGTERM", "EVICTED,ann@desk,disk failing,EVICTED,by ann@desk: disk failing",
        "CRASH,n2,then REFUSED at 127.0.0.1:1,KILLED,noticed by n2", "CRASH,n2,then UNREACHABLE at x,HOST_LOST,n2",
        "SWITCHOVER,ann@desk,kernel,SWITCHOVER,kernel", "STEP_DOWN,n1,maintenance,STEP_DOWN,maintenance",
        "STEP_DOWN,n1,its place in the latch is gone,PLACE_REMOVED,latch",
        "STEP_DOWN,n1,its renewal was refused: no such znode: operation 0 of 2; /curia/c/latch/x,PLACE_REMOVED,latch",
        "STEP_DOWN,n1,its registration is gone,REGISTRATION_REMOVED,registration",
        "STEP_DOWN,n1,a listener could not begin its duties,LISTENER_FAILED,application"})
    void whatTheHistorySaysIsBelieved(Cause cause, String actor, String reason, Culprit culprit, String words) {
        change(cause, actor, reason);

        assertCulprit(culprit, words);
    }

    @Test
    void whoWasTakenForDeadAndLivesWasTakenSoByMistake() {
        change(Cause.CRASH, "n2", "then REFUSED at 127.0.0.1:1");
        tells(NOON.minusSeconds(60), Duration.ZERO);

        assertCulprit(Culprit.MISTAKEN, "lives");
    }

    @Test
    void whoWasRestartedSinceWasDeadAllTheSame() {
        change(Cause.CRASH, "n2", "then REFUSED at 127.0.0.1:1");
        tells(CHANGE.plusSeconds(5), Duration.ZERO);

        assertCulprit(Culprit.KILLED);
    }

    @ParameterizedTest
    @CsvSource({"SILENT,FROZEN", "REFUSED,VANISHED", "UNREACHABLE,HOST_LOST", "OTHER,UNKNOWN", "NOT_ASKED,UNKNOWN"})
    void anExpiredSessionIsExplainedByHowItsAddressAnswers(Answer answer, Culprit culprit) {
        change(Cause.SESSION_EXPIRED, "n2", "its session ended without a word");
        answers(N1, answer);

        assertCulprit(culprit);
        assertThat(story().silent()).singleElement().asString().startsWith("n1 ");
    }

    @Test
    void anExpiredSessionOfWhomNobodyAskedIsUnknown() {
        change(Cause.SESSION_EXPIRED, "n2", "its session ended without a word");

        assertCulprit(Culprit.UNKNOWN, "not asked");
    }

    @Test
    void whoeverWokeAfterItsSuccessorHadBegunWasFrozen() {
        change(Cause.SESSION_EXPIRED, "n2", "");
        entry(CHANGE.plusSeconds(20), Kind.FROZEN, Duration.ofSeconds(25));
        entry(CHANGE.plusSeconds(20), Kind.CUT_OFF, Duration.ofSeconds(4));
        entry(CHANGE.plusSeconds(21), Kind.SESSION_ENDED, Duration.ZERO);
        tells(NOON.minusSeconds(60), Duration.ZERO);

        assertCulprit(Culprit.FROZEN, "25000 ms");
    }

    @Test
    void whoeverHadNoConnectionForLongWasCutOff() {
        change(Cause.SESSION_EXPIRED, "n2", "");
        entry(CHANGE.minusSeconds(4), Kind.CUT_OFF, Duration.ofSeconds(4));
        entry(CHANGE.minusSeconds(1), Kind.LOSS, Duration.ZERO);
        entry(CHANGE, Kind.SESSION_ENDED, Duration.ZERO);
        tells(NOON.minusSeconds(60), Duration.ZERO);

        assertCulprit(Culprit.CUT_OFF, "4000 ms");
    }

    /** The node's clock is an hour ahead; what it says of noon is what the ensemble calls eleven. */
    @Test
    void clocksThatDifferAreReckonedWith() {
        Duration ahead = Duration.ofHours(1);
        change(Cause.SESSION_EXPIRED, "n2", "");
        entry(CHANGE.minusSeconds(4).plus(ahead), Kind.CUT_OFF, Duration.ofSeconds(4));
        entry(CHANGE.plus(ahead), Kind.SESSION_ENDED, Duration.ZERO);
        tells(NOON.minusSeconds(60).plus(ahead), ahead);

        assertCulprit(Culprit.CUT_OFF, CHANGE.minusSeconds(4).toString());
        assertThat(story().timeline()).extracting(Story.Line::time).isSorted().hasSizeGreaterThan(3);
    }

    /** Whoever asks has a clock of his own: the claim, which both clocks saw, tells it from the ensemble's. */
    @Test
    void theClaimTellsTheAskersClockFromTheEnsembles() {
        change(Cause.EVICTED, "ann", "");
        List<JournalEntry> claim = List.of(
                new JournalEntry(0, CHANGE.plusSeconds(90), 0, Kind.CLAIM, Optional.empty(),
                        Optional.of(new Epoch(2)), Optional.empty(), "claims"),
                new JournalEntry(1, CHANGE.plusSeconds(90).plusMillis(4), 0, Kind.CLAIMED, Optional.empty(),
                        Optional.of(new Epoch(2)), Optional.empty(), "claimed"));
        witnesses.add(new Witness(N2, Optional.empty(), Answer.TOLD,
                Optional.of(new Account(NOON, Duration.ofSeconds(30), claim))));

        assertThat(story().timeline()).filteredOn(line -> line.source().equals("n2"))
                .extracting(Story.Line::time).containsExactly(CHANGE.minusMillis(2), CHANGE.plusMillis(2));
    }

    @Test
    void aSessionGoneAtOnceWithTheConnectionWasEndedBySomebody() {
        change(Cause.SESSION_EXPIRED, "n2", "");
        entry(CHANGE.minusMillis(50), Kind.CUT_OFF, Duration.ofSeconds(4));
        entry(CHANGE.plusMillis(900), Kind.SESSION_ENDED, Duration.ZERO);
        tells(NOON.minusSeconds(60), Duration.ZERO);

        assertCulprit(Culprit.SESSION_ENDED);
    }

    @Test
    void aBlipLongBeforeIsNoReason() {
        change(Cause.SESSION_EXPIRED, "n2", "");
        entry(CHANGE.minusSeconds(300), Kind.CUT_OFF, Duration.ofSeconds(4));
        entry(CHANGE.minusSeconds(299), Kind.CONNECTED, Duration.ZERO);
        entry(CHANGE.minusSeconds(200), Kind.FROZEN, Duration.ofMillis(700));
        tells(NOON.minusSeconds(60), Duration.ZERO);

        assertCulprit(Culprit.UNKNOWN, "neither");
    }

    /** The successor may claim before the old master has recorded why it gave up. */
    @Test
    void whatTheOldMasterTookDownOfItsLossCountsIfItCameTooLateToRecordIt() {
        change(Cause.SESSION_EXPIRED, "n2", "its session ended without a word");
        entries.add(new JournalEntry(0, CHANGE.minusMillis(3), 0, Kind.LOSS, Optional.empty(),
                Optional.of(new Epoch(1)), Optional.empty(), "stops its duties as master at once: its registration is "
                + "gone"));
        tells(NOON.minusSeconds(60), Duration.ZERO);

        assertCulprit(Culprit.REGISTRATION_REMOVED);
    }

    @Test
    void whoWasRestartedAfterItsSessionExpiredVanishedBefore() {
        change(Cause.SESSION_EXPIRED, "n2", "");
        tells(CHANGE.plusSeconds(30), Duration.ZERO);

        assertCulprit(Culprit.VANISHED, "another process");
    }

    @Test
    void aClockGuardThatRanOutHasTheSameReasonsAsAnExpiredSession() {
        change(Cause.STEP_DOWN, "n1", "its clock guard ran out");
        entry(CHANGE.minusMillis(10), Kind.FROZEN, Duration.ofMillis(3300));
        tells(NOON.minusSeconds(60), Duration.ZERO);

        assertCulprit(Culprit.FROZEN, "3300 ms");
    }

    @Test
    void anEpochThatIsNotRememberedHasNoStory() {
        change(Cause.LEFT, "n1", "");

        assertThat(Inquiry.into(Optional.of(new Epoch(9)), events)).isEmpty();
        assertThat(Inquiry.into(Optional.empty(), List.of())).isEmpty();
        assertThat(Inquiry.into(Optional.of(new Epoch(2)), events)).isPresent();
    }

    @Test
    void aMastershipWhoseFormerIsForgottenSaysSo() {
        change(Cause.LEFT, "n1", "");
        events.subList(0, 3).clear();

        assertThat(story().culprit()).isEqualTo(Culprit.UNKNOWN);
        assertThat(story().sentence()).contains("not remembered", "LEFT");
    }

    @Test
    void thoseWhoTookPartAreAskedFirstAndNotEverybody() {
        change(Cause.CRASH, "n7", "then REFUSED");
        List<NodeId> alive = new ArrayList<>();
        for (int i = 2; i < 100; i++) {
            alive.add(NodeId.of("n" + i));
        }

        assertThat(Inquiry.into(Optional.empty(), events).orElseThrow().wanted(alive))
                .hasSize(Inquiry.MAX_WITNESSES).startsWith(N1, N2, NodeId.of("n7"));
    }
}
