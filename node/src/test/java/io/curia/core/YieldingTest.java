package io.curia.core;

import static io.curia.core.Stage.endingOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.Role;
import io.curia.model.Tenure;
import io.curia.model.YieldedTenure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Giving up mastership, planned or not: from the first word to the last record. */
class YieldingTest {

    private static final Event STEP_DOWN = new Event.StepDownRequested(Cause.STEP_DOWN, "asked");
    private static final Event STOP = new Event.StopRequested("maintenance");
    private static final Event DONE = new Event.DutiesStopped(new Epoch(1));
    private static final Event UNHEARD = new Event.NobodyHeard(new Epoch(1));

    @Test
    void stepDownIsPlannedAndStaysValidUntilDutiesStopped() {
        Stage stage = Stage.yielding(STEP_DOWN);

        assertThat(stage.role()).isEqualTo(Role.YIELDING);
        assertThat(stage.only(Action.StopDuties.class).planned()).isTrue();
        assertThat(stage.all(Action.RevokeMastership.class)).isEmpty();
    }

    @Test
    void plannedYieldingKeepsRenewing() {
        Stage stage = Stage.yielding(STEP_DOWN).wait(Duration.ofMillis(900));

        assertThat(stage.all(Action.Renew.class)).hasSize(1);
    }

    @Test
    void plannedYieldingLosesValidityWithItsPlace() {
        Stage stage = Stage.yielding(STEP_DOWN);

        stage.see(stage.reigning().withoutPlace());

        assertThat(stage.all(Action.RevokeMastership.class)).hasSize(1);
        assertThat(stage.all(Action.StopDuties.class)).as("already stopping").isEmpty();
    }

    @Test
    void stoppedDutiesGiveThePlaceToTheNextInOneStep() {
        Stage stage = Stage.yielding(STEP_DOWN).tell(DONE);
        assertThat(stage.actions.get(0)).isInstanceOf(Action.RevokeMastership.class);

        stage.tell(UNHEARD);

        Action.EndedTenure ended = stage.only(Action.StepAside.class).ended();
        assertThat(ended.masterVersion()).isEqualTo(1);
        assertThat(endingOf(ended).confirmed()).isTrue();
        assertThat(stage.role()).isEqualTo(Role.YIELDING);
    }

    @Test
    void yieldingNodeStandsByOnceItsPlaceIsGivenUp() {
        Stage stage = Stage.yielding(STEP_DOWN).tell(DONE).tell(UNHEARD);
        Tenure ended = stage.only(Action.StepAside.class).ended().tenure();

        stage.see(Sight.registered(stage.incarnation()).withoutPlace().master(ended, 2, true));

        assertThat(stage.role()).isEqualTo(Role.STANDBY);
    }

    @Test
    void dutiesThatDoNotStopInTimeAreGivenUpUnconfirmed() {
        Stage stage = Stage.yielding(STEP_DOWN).wait(Stage.GRACE);

        assertThat(stage.all(Action.RevokeMastership.class)).hasSize(1);
        assertThat(endingOf(stage.only(Action.StepAside.class).ended()).confirmed()).isFalse();
    }

    @Test
    void dutiesStoppedOfAnotherEpochAreNotThese() {
        Stage stage = Stage.yielding(STEP_DOWN).tell(new Event.DutiesStopped(new Epoch(9)));

        assertThat(stage.actions).isEmpty();
        assertThat(stage.role()).isEqualTo(Role.YIELDING);
    }

    @Test
    void unplannedLossStandsByOnceDutiesStoppedAndConfirmsItsEnd() {
        Stage stage = Stage.master();
        stage.see(stage.reigning().withoutPlace());

        stage.tell(new Event.DutiesStopped(new Epoch(1)));

        assertThat(stage.roles()).startsWith(Role.STANDBY);
        assertThat(endingOf(stage.only(Action.EndTenure.class).ended()).confirmed()).isTrue();
    }

    @Test
    void endIsNotConfirmedBeforeDutiesStopped() {
        Stage stage = Stage.master();
        stage.see(stage.reigning().withoutPlace());
        stage.wait(Stage.GRACE);
        assertThat(stage.role()).isEqualTo(Role.STANDBY);
        assertThat(stage.all(Action.EndTenure.class)).isEmpty();

        stage.tell(new Event.DutiesStopped(new Epoch(1)));

        assertThat(endingOf(stage.only(Action.EndTenure.class).ended()).confirmed()).isTrue();
    }

    @Test
    void stoppedMasterLeavesOnceItsDutiesStopped() {
        Stage stage = Stage.yielding(STOP);
        assertThat(stage.role()).isEqualTo(Role.YIELDING);
        assertThat(stage.all(Action.Leave.class)).isEmpty();

        stage.tell(DONE).tell(UNHEARD);

        assertThat(stage.role()).isEqualTo(Role.LEAVING);
        Action.Leave leave = stage.only(Action.Leave.class);
        assertThat(endingOf(leave.ended().orElseThrow()).confirmed()).isTrue();
        assertThat(endingOf(leave.ended().orElseThrow()).cause()).isEqualTo(Cause.LEFT);
    }

    @Test
    void stepDownOfAStandbyIsNothing() {
        Stage stage = Stage.standby().tell(STEP_DOWN);

        assertThat(stage.role()).isEqualTo(Role.STANDBY);
        assertThat(stage.actions).isEmpty();
    }

    // Saying so to whoever is next.

    @Test
    void masterSaysThatItsTenureIsOverOnceItIsAndNotBefore() {
        Stage stage = Stage.yielding(STOP);
        assertThat(stage.all(Action.Yield.class)).isEmpty();

        stage.tell(DONE);

        assertThat(stage.actions.get(0)).isInstanceOf(Action.RevokeMastership.class);
        YieldedTenure word = stage.only(Action.Yield.class).word();
        assertThat(word.isOf(stage.mine())).isTrue();
        assertThat(word.cause()).isEqualTo(Cause.LEFT);
        assertThat(stage.role()).isEqualTo(Role.YIELDING);
    }

    @Test
    void masterThatWasTakenOverFromLeavesWithoutATenureToEnd() {
        Stage stage = Stage.yielding(STOP).tell(DONE);
        Tenure next = Sight.tenure(Sight.OTHER, Sight.STRANGER, 2);

        stage.see(Sight.registered(stage.incarnation()).withoutPlace().master(next, 2, true));

        assertThat(stage.roles()).containsExactly(Role.LEAVING);
        assertThat(stage.only(Action.Leave.class).ended()).isEmpty();
        assertThat(stage.only(Action.Leave.class).latchPath()).isEmpty();
    }

    /** Its record and its place are read one by one. */
    @Test
    void masterThatWasTakenOverFromWaitsToSeeThatItsPlaceIsGone() {
        Stage stage = Stage.yielding(STOP).tell(DONE);

        stage.see(stage.reigning().master(Sight.tenure(Sight.OTHER, Sight.STRANGER, 2), 2, true));

        assertThat(stage.role()).isEqualTo(Role.YIELDING);
        assertThat(stage.actions).isEmpty();
    }

    @Test
    void masterThatNobodyTakesOverFromGivesUpItsPlace() {
        Stage stage = Stage.yielding(STOP).tell(DONE).wait(Duration.ofMillis(24));
        assertThat(stage.actions).isEmpty();

        stage.wait(Duration.ofMillis(1));

        assertThat(endingOf(stage.only(Action.Leave.class).ended().orElseThrow()).confirmed()).isTrue();
    }

    @Test
    void masterThatNobodyHearsGivesUpItsPlaceAtOnce() {
        Stage stage = Stage.yielding(STOP).tell(DONE).tell(UNHEARD);

        assertThat(stage.all(Action.Leave.class)).hasSize(1);
    }

    @Test
    void masterThatMayHaveBeenHeardOnlyByTheDeadGivesUpItsPlaceAtOnce() {
        Stage stage = Stage.yielding(STOP).tell(DONE).tell(new Event.HungUp(Sight.OTHER));

        assertThat(stage.all(Action.Leave.class)).hasSize(1);
    }

    /** Somebody else may well be there to hear it. */
    @Test
    void masterSaysItAlsoIfSomebodyHungUpBefore() {
        Stage stage = Stage.yielding(STOP).tell(new Event.HungUp(Sight.OTHER)).tell(DONE);

        assertThat(stage.all(Action.Yield.class)).hasSize(1);
        assertThat(stage.all(Action.Leave.class)).isEmpty();
    }

    @Test
    void masterWhoseDutiesDoNotStopSaysNothing() {
        Stage stage = Stage.yielding(STOP).wait(Stage.GRACE);

        assertThat(stage.all(Action.Yield.class)).isEmpty();
        assertThat(stage.all(Action.Leave.class)).hasSize(1);
    }

    @Test
    void masterThatLostItsPlaceSaysNothing() {
        Stage stage = Stage.master();
        stage.see(stage.reigning().withoutPlace());

        stage.tell(DONE);

        assertThat(stage.all(Action.Yield.class)).isEmpty();
    }
}
