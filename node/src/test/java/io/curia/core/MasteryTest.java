package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Event.Result;
import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.Epoch;
import io.curia.model.Role;
import io.curia.model.Tenure;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Claiming, keeping and giving up mastership: the rows of {@link NodeCore}'s table that touch it. */
class MasteryTest {

    private static final Duration HALF_GUARD = Sight.GUARD.dividedBy(2);
    private static final Event STEP_DOWN = new Event.StepDownRequested(Cause.STEP_DOWN, "asked");
    private static final Event STOP = new Event.StopRequested("maintenance");

    private static Ending endingOf(Action.EndedTenure ended) {
        return ended.tenure().ending().orElseThrow();
    }

    @Test
    void committedClaimMakesAMasterValidFromItsSending() {
        Stage stage = Stage.elected();
        long sent = stage.only(Action.Claim.class).issuedNanos();
        Event claimed = stage.claimed();

        stage.pass(HALF_GUARD).tell(claimed);

        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(stage.only(Action.BeginMastership.class).validUntilNanos() - sent)
                .isEqualTo(Sight.GUARD.toNanos());
    }

    /** A frozen process: by the time it hears of its claim, somebody else may be master. */
    @Test
    void claimAnsweredPastItsGuardMakesNoMaster() {
        Stage stage = Stage.elected();
        Event claimed = stage.claimed();

        stage.pass(Sight.GUARD).tell(claimed);

        assertThat(stage.role()).isEqualTo(Role.ELECTED);
        assertThat(stage.all(Action.BeginMastership.class)).isEmpty();
    }

    @Test
    void claimAnsweredTooLateIsFollowedByAnotherOfTheNextEpoch() {
        Stage stage = Stage.elected();
        Tenure lost = stage.only(Action.Claim.class).tenure();
        stage.pass(Sight.GUARD).tell(stage.claimed());

        stage.answer(ActionKind.CLAIM, Result.CONFLICT).pass(Duration.ofSeconds(1))
                .see(Sight.leading(stage.incarnation()).master(lost, 1, true));

        assertThat(stage.only(Action.Claim.class).tenure().epoch()).isEqualTo(new Epoch(2));
    }

    @Test
    void claimWhoseAnswerWasLostIsRecognised() {
        Stage stage = Stage.elected();
        Tenure claimed = stage.only(Action.Claim.class).tenure();
        stage.answer(ActionKind.CLAIM, Result.UNKNOWN);

        stage.see(Sight.leading(stage.incarnation()).master(claimed, 1, true));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(stage.only(Action.BeginMastership.class).masterVersion()).isEqualTo(1);
    }

    @Test
    void claimThatMayHaveBeenLostIsRepeatedAsTheSame() {
        Stage stage = Stage.elected();
        Tenure first = stage.only(Action.Claim.class).tenure();

        stage.answer(ActionKind.CLAIM, Result.UNKNOWN).wait(Duration.ofSeconds(1));

        assertThat(stage.only(Action.Claim.class).tenure()).isEqualTo(first);
    }

    /** The record would name a holder that never began, and the next in the queue would wait out its guard. */
    @Test
    void claimCommittedAfterTheLeadWasLostIsEnded() {
        Stage stage = Stage.elected();
        Tenure claimed = stage.only(Action.Claim.class).tenure();
        stage.see(Sight.registered(stage.incarnation()));

        stage.see(Sight.registered(stage.incarnation()).master(claimed, 1, true));

        Action.EndTenure end = stage.only(Action.EndTenure.class);
        assertThat(end.ended().tenure().claimId()).isEqualTo(claimed.claimId());
        assertThat(endingOf(end.ended()).confirmed()).isTrue();
    }

    @Test
    void noClaimGoesBelowAnEpochThatAWitnessSaw() {
        Stage stage = Stage.standby().tell(new Event.EpochSeen(new Epoch(41)));

        stage.see(Sight.leading(stage.incarnation()));

        assertThat(stage.only(Action.Claim.class).tenure().epoch()).isEqualTo(new Epoch(42));
    }

    /** ZooKeeper was restored from an old copy under running nodes: what they saw before is not in it. */
    @Test
    void noClaimGoesBelowAnEpochThatThisRunSaw() {
        Stage stage = Stage.standby();
        stage.see(Sight.registered(stage.incarnation()).master(Sight.tenure(Sight.OTHER, Sight.STRANGER, 9), 9, true));

        stage.see(Sight.leading(stage.incarnation()).master(Sight.tenure(Sight.OTHER, Sight.STRANGER, 2), 2, false));

        assertThat(stage.only(Action.Claim.class).tenure().epoch()).isEqualTo(new Epoch(10));
    }

    @Test
    void successorOfAnUnconfirmedEndingWaitsOutTheGuardFromItsFirstSight() {
        Stage stage = Stage.standby();
        Tenure evicted = Sight.ended(Sight.tenure(Sight.OTHER, Sight.STRANGER, 3), Cause.EVICTED, false);
        Sight sight = Sight.leading(stage.incarnation()).master(evicted, 5, false);
        stage.see(sight);
        assertThat(stage.all(Action.Claim.class)).isEmpty();
        stage.wait(Succession.outlasting(evicted).minusNanos(1));
        assertThat(stage.all(Action.Claim.class)).isEmpty();

        stage.wait(Duration.ofNanos(1));

        Tenure claimed = stage.only(Action.Claim.class).tenure();
        assertThat(claimed.epoch()).isEqualTo(new Epoch(4));
        assertThat(claimed.cause()).isEqualTo(Cause.EVICTED);
    }

    @Test
    void confirmationEndsTheWait() {
        Stage stage = Stage.standby();
        Tenure tenure = Sight.tenure(Sight.OTHER, Sight.STRANGER, 3);
        stage.see(Sight.leading(stage.incarnation()).master(Sight.ended(tenure, Cause.EVICTED, false), 5, false));

        stage.see(Sight.leading(stage.incarnation()).master(Sight.ended(tenure, Cause.EVICTED, true), 6, false));

        assertThat(stage.only(Action.Claim.class).masterVersion()).isEqualTo(6);
    }

    @Test
    void masterRenewsLongBeforeItsGuardRunsOut() {
        Stage stage = Stage.master().wait(Sight.GUARD.dividedBy(4));

        Action.Renew renew = stage.only(Action.Renew.class);
        assertThat(renew.masterVersion()).isEqualTo(1);
        assertThat(renew.issuedNanos()).isEqualTo(stage.nanos());
    }

    @Test
    void renewalExtendsValidityFromItsSending() {
        Stage stage = Stage.master().wait(HALF_GUARD);
        Action.Renew renew = stage.only(Action.Renew.class);

        stage.pass(Duration.ofMillis(700)).tell(new Event.Renewed(renew.tenure().claimId(), renew.issuedNanos()));

        assertThat(stage.only(Action.ExtendMastership.class).validUntilNanos() - renew.issuedNanos())
                .isEqualTo(Sight.GUARD.toNanos());
    }

    @Test
    void olderRenewalNeverShortensValidity() {
        Stage stage = Stage.master();
        String claimId = stage.mine().claimId();
        long now = stage.nanos();
        stage.tell(new Event.Renewed(claimId, now));

        stage.tell(new Event.Renewed(claimId, now - 1000));

        assertThat(stage.only(Action.ExtendMastership.class).validUntilNanos() - now)
                .isEqualTo(Sight.GUARD.toNanos());
    }

    @Test
    void renewalOfAnotherClaimExtendsNothing() {
        assertThat(Stage.master().tell(new Event.Renewed("another", 0)).actions).isEmpty();
    }

    @Test
    void blipShorterThanTheGuardChangesNothing() {
        Stage stage = Stage.master();

        stage.pass(HALF_GUARD).see(stage.reigning().disconnected());
        assertThat(stage.role()).isEqualTo(Role.MASTER);
        stage.see(stage.reigning());

        assertThat(stage.roles()).isEmpty();
        assertThat(stage.all(Action.RevokeMastership.class)).isEmpty();
    }

    /** LeaderLatch says after a reconnect that it does not lead, until it has looked. */
    @Test
    void placeThatStandsIsEnoughWhateverTheLatchSaysOfLeading() {
        Stage stage = Stage.master();

        stage.see(Sight.registered(stage.incarnation()).master(stage.mine(), 1, true));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
    }

    @Test
    void masterWhoseGuardRanOutIsInvalidAtOnce() {
        Stage stage = Stage.master().wait(Sight.GUARD);

        assertThat(stage.roles()).startsWith(Role.YIELDING);
        assertThat(stage.actions.get(0)).isInstanceOf(Action.RevokeMastership.class);
        assertThat(stage.only(Action.StopDuties.class).planned()).isFalse();
    }

    @Test
    void masterThatLostItsRegistrationYields() {
        Stage stage = Stage.master();

        stage.see(stage.reigning().unregistered());

        assertUnplannedLoss(stage);
    }

    @Test
    void masterThatLostItsPlaceYields() {
        Stage stage = Stage.master();

        stage.see(stage.reigning().withoutPlace());

        assertUnplannedLoss(stage);
    }

    @Test
    void masterWhoseLatchHasAnotherPlaceNowYields() {
        Stage stage = Stage.master();

        stage.see(stage.reigning().place(Sight.PLACE + "2", true, true));

        assertUnplannedLoss(stage);
    }

    @Test
    void masterWhoseRecordMovedYields() {
        Stage stage = Stage.master();

        stage.see(Sight.leading(stage.incarnation())
                .master(Sight.tenure(Sight.OTHER, Sight.STRANGER, 2), 2, true));

        assertUnplannedLoss(stage);
    }

    @Test
    void barredMasterYields() {
        Stage stage = Stage.master();

        stage.see(stage.reigning().evicted(2, Optional.empty()));

        assertUnplannedLoss(stage);
    }

    @Test
    void masterWhoseRenewalIsRefusedYields() {
        Stage stage = Stage.master();

        stage.tell(new Event.RenewalRefused(stage.mine().claimId(), "place gone"));

        assertUnplannedLoss(stage);
    }

    @Test
    void refusedRenewalOfAnEarlierClaimIsNothing() {
        assertThat(Stage.master().tell(new Event.RenewalRefused("earlier", "")).role()).isEqualTo(Role.MASTER);
    }

    private static void assertUnplannedLoss(Stage stage) {
        assertThat(stage.roles()).startsWith(Role.YIELDING);
        assertThat(stage.only(Action.RevokeMastership.class).epoch()).isEqualTo(new Epoch(1));
        assertThat(stage.only(Action.StopDuties.class).planned()).isFalse();
    }

    /** An observation read before the claim was committed shows an older record; it is not a loss. */
    @Test
    void observationOlderThanTheClaimIsNoLoss() {
        Stage stage = Stage.elected();
        stage.tell(stage.claimed());

        stage.see(Sight.leading(stage.incarnation()));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
    }

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
        Stage stage = Stage.yielding(STEP_DOWN).tell(new Event.DutiesStopped(new Epoch(1)));

        assertThat(stage.actions.get(0)).isInstanceOf(Action.RevokeMastership.class);
        Action.EndedTenure ended = stage.only(Action.StepAside.class).ended();
        assertThat(ended.masterVersion()).isEqualTo(1);
        assertThat(endingOf(ended).confirmed()).isTrue();
        assertThat(stage.role()).isEqualTo(Role.YIELDING);
    }

    @Test
    void yieldingNodeStandsByOnceItsPlaceIsGivenUp() {
        Stage stage = Stage.yielding(STEP_DOWN).tell(new Event.DutiesStopped(new Epoch(1)));
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

        stage.tell(new Event.DutiesStopped(new Epoch(1)));

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
}
