package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.CandidacyNotes;
import io.curia.model.Cause;
import io.curia.model.Drain;
import io.curia.model.Epoch;
import io.curia.model.Illness;
import io.curia.model.Penalty;
import io.curia.model.Role;
import io.curia.model.Switchover;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Drained, unfit and unsteady nodes: what they do, and what the roster says of them. */
class ConductTest {

    private static final Drain DRAIN = new Drain("ana@desk", "new disk", Sight.NOON);
    private static final CandidacyNotes SERVING = CandidacyNotes.NONE.withServing(Optional.of(new Epoch(1)));
    private static final Event SICK = new Event.HealthReported(Optional.of("disk full"));
    private static final Event FIT = new Event.HealthReported(Optional.empty());

    private static Sight noted(Sight sight, CandidacyNotes notes) {
        return sight.roster(Sight.entry(1).noted(notes));
    }

    /** A master whose beginning is on record. */
    private static Stage noted() {
        Stage stage = Stage.master();
        return stage.see(noted(stage.reigning(), SERVING));
    }

    private static CandidacyNotes drained() {
        return CandidacyNotes.NONE.withDrain(Optional.of(DRAIN));
    }

    private static CandidacyNotes noteOf(Stage stage) {
        return stage.only(Action.Note.class).entry().notes();
    }

    @Test
    void drainedStandbyLeavesTheQueue() {
        Stage stage = Stage.standby();

        stage.see(noted(Sight.registered(stage.incarnation()), drained()));

        assertThat(stage.all(Action.WithdrawLatch.class)).hasSize(1);
        assertThat(stage.all(Action.EnterLatch.class)).isEmpty();
        assertThat(stage.core.bars()).extracting(Bar::detail).containsExactly("drained by ana@desk: new disk");
    }

    @Test
    void drainedNodeDoesNotQueueAndDoesAgainWhenUndrained() {
        Stage stage = Stage.joining();
        stage.see(noted(Sight.registered(stage.incarnation()).withoutPlace(), drained()));
        assertThat(stage.all(Action.EnterLatch.class)).isEmpty();

        stage.see(Sight.registered(stage.incarnation()).withoutPlace());

        assertThat(stage.all(Action.EnterLatch.class)).hasSize(1);
    }

    @Test
    void drainedMasterGivesUpMastershipInOrder() {
        Stage stage = Stage.master();

        stage.see(noted(stage.reigning(), drained()));

        assertThat(stage.role()).isEqualTo(Role.YIELDING);
        assertThat(stage.only(Action.StopDuties.class).planned()).isTrue();
        stage.giveUpAlone(1);
        assertThat(stage.only(Action.StepAside.class).ended().tenure().ending().orElseThrow().cause())
                .isEqualTo(Cause.STEP_DOWN);
    }

    /** The write of the drain moved the version that the claim was to check; nothing may be claimed anew. */
    @Test
    void drainedElectedNodeClaimsNoMore() {
        Stage stage = Stage.elected();
        stage.answer(ActionKind.CLAIM, Event.Result.CONFLICT);

        stage.see(noted(Sight.leading(stage.incarnation()), drained())).wait(Duration.ofSeconds(1));

        assertThat(stage.role()).isEqualTo(Role.STANDBY);
        assertThat(stage.all(Action.Claim.class)).isEmpty();
    }

    @Test
    void unfitMasterGivesUpMastershipInOrderAndSaysWhy() {
        Stage stage = noted();

        stage.tell(SICK);

        assertThat(stage.role()).isEqualTo(Role.YIELDING);
        assertThat(stage.only(Action.StopDuties.class).planned()).isTrue();
        assertThat(noteOf(stage).illness()).contains(new Illness("disk full", Sight.NOON));
    }

    @Test
    void unfitStandbyLeavesTheQueueUntilItIsFit() {
        Stage stage = Stage.standby().tell(SICK);
        assertThat(stage.all(Action.WithdrawLatch.class)).hasSize(1);
        stage.see(noted(Sight.registered(stage.incarnation()).withoutPlace(),
                CandidacyNotes.NONE.withIllness(Optional.of(new Illness("disk full", Sight.NOON)))));

        stage.tell(FIT);

        assertThat(stage.all(Action.EnterLatch.class)).hasSize(1);
        assertThat(noteOf(stage)).isEqualTo(CandidacyNotes.NONE);
    }

    @Test
    void gatedNodeDoesNotQueueBeforeItsFirstCheck() {
        Stage stage = Stage.gated().see(Sight.connected());
        stage.see(Sight.registered(stage.incarnation()).withoutPlace());
        assertThat(stage.all(Action.EnterLatch.class)).isEmpty();

        stage.tell(FIT);

        assertThat(stage.all(Action.EnterLatch.class)).hasSize(1);
    }

    @Test
    void beginningOfAMastershipIsNotedAndForgottenWhenItHasLasted() {
        Stage stage = Stage.elected();
        stage.tell(stage.claimed());
        assertThat(stage.all(Action.Note.class)).as("while the application learns of it").isEmpty();
        stage.settle();
        assertThat(noteOf(stage).serving()).contains(new Epoch(1));
        stage.see(noted(stage.reigning(), SERVING));
        assertThat(stage.all(Action.Note.class)).isEmpty();
        stage.tell(new Event.Renewed(stage.mine().claimId(), stage.nanos() + Governor.PROBATION.toNanos()));

        stage.wait(Governor.PROBATION);

        assertThat(noteOf(stage)).isEqualTo(CandidacyNotes.NONE);
    }

    @Test
    void runThatFindsTheNoteOfAnEarlierOneCountsACrash() {
        Stage stage = Stage.joining();

        stage.see(noted(Sight.registered(stage.incarnation()),
                CandidacyNotes.NONE.withServing(Optional.of(new Epoch(4)))));

        Penalty penalty = noteOf(stage).penalty().orElseThrow();
        assertThat(penalty.epoch()).isEqualTo(new Epoch(4));
        assertThat(penalty.strikes()).isEqualTo(1);
        assertThat(noteOf(stage).serving()).isEmpty();
    }

    @Test
    void guardThatRanOutCountsAndASecondLossIsPenalised() {
        Penalty first = Governor.after(Optional.empty(), new Epoch(0), "crashed", Sight.NOON);
        Stage stage = noted();
        stage.see(noted(stage.reigning(), SERVING.withPenalty(Optional.of(first))));

        stage.wait(Sight.GUARD);

        Penalty second = noteOf(stage).penalty().orElseThrow();
        assertThat(second.strikes()).isEqualTo(2);
        assertThat(second.reason()).isEqualTo("its clock guard ran out");
        assertThat(second.runs(Sight.NOON)).isTrue();
    }

    @Test
    void whoStepsDownOnRequestIsNotBlamed() {
        Stage stage = noted();

        stage.tell(new Event.StepDownRequested(Cause.STEP_DOWN, "asked"));

        assertThat(noteOf(stage)).isEqualTo(CandidacyNotes.NONE);
    }

    /** Should the target die meanwhile, it claims again on its roster entry as it has seen it. */
    @Test
    void nothingIsNotedWhileMastershipIsHandedOver() {
        Stage stage = noted();
        Switchover wish = new Switchover("wish", Sight.SELF, new Epoch(1), Optional.empty(), Cause.SWITCHOVER, false,
                Sight.NOON, Sight.NOON.plusSeconds(60), Duration.ZERO, "alice", "", Sight.NOON, Optional.empty());

        stage.see(noted(stage.reigning(), SERVING).switchover(wish).queueing(Sight.SELF, Sight.OTHER))
                .heirIsThere();

        assertThat(stage.role()).isEqualTo(Role.YIELDING);
        assertThat(stage.all(Action.Note.class)).isEmpty();
    }

    /** An operator struck it off after it had been noted: it must not come back. */
    @Test
    void forgivenLossIsNotHeldAgainstTheNodeAgain() {
        Stage stage = noted();
        stage.wait(Sight.GUARD);
        CandidacyNotes blamed = noteOf(stage);
        stage.answer(ActionKind.NOTE, Event.Result.DONE).see(noted(stage.reigning(), blamed));

        stage.pass(Duration.ofSeconds(1)).see(noted(stage.reigning(), CandidacyNotes.NONE));

        assertThat(stage.all(Action.Note.class)).isEmpty();
    }
}
