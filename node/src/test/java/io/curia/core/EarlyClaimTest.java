package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Event.Result;
import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.model.Tenure;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is claimed together with the removal of the dead, and what becomes of such a claim. */
class EarlyClaimTest {

    private static final int BEFORE = 5;

    /** A standby of another, who is master of epoch 4. */
    private static Stage standby() {
        Stage stage = Stage.standby();
        return stage.see(behind(stage));
    }

    private static Sight behind(Stage stage) {
        return Sight.registered(stage.incarnation()).queued().master(others(), BEFORE, true);
    }

    private static Tenure others() {
        return new Tenure(new Epoch(4), Sight.OTHER, Sight.STRANGER, Sight.ADDRESS, 1, "/latch/0", Sight.NOON,
                Cause.FIRST, "theirs", Sight.GUARD, Optional.empty());
    }

    private static Event dead(NodeId id, Incarnation incarnation, boolean proven) {
        return new Event.DeathVerified(new Obituary(id, incarnation, proven, proven, "refused",
                Stage.START_NANOS, Sight.NOON));
    }

    private static Action.Claim claimed(Stage stage) {
        return stage.only(Action.Remove.class).claim().orElseThrow();
    }

    private static Event answer(Action.Claim claim) {
        return new Event.Claimed(claim.tenure().claimId(), BEFORE + 1, claim.issuedNanos());
    }

    /** The claim is committed, and seen to be. */
    private static Sight after(Stage stage, Action.Claim claim, boolean leading) {
        return Sight.registered(stage.incarnation()).place(Sight.PLACE, leading, leading)
                .master(claim.tenure(), BEFORE + 1, true);
    }

    @Test
    void claimsTheNextEpochWithTheRemovalOfTheMaster() {
        Stage stage = standby().tell(dead(Sight.OTHER, Sight.STRANGER, true));

        Action.Claim claim = claimed(stage);

        assertThat(claim.tenure().epoch()).isEqualTo(new Epoch(5));
        assertThat(claim.tenure().cause()).isEqualTo(Cause.CRASH);
        assertThat(claim.masterVersion()).isEqualTo(BEFORE);
        assertThat(stage.role()).isEqualTo(Role.STANDBY);
    }

    @Test
    void isMasterOnceItLeadsAndNotBefore() {
        Stage stage = standby().tell(dead(Sight.OTHER, Sight.STRANGER, true));
        Action.Claim claim = claimed(stage);

        stage.tell(answer(claim));
        assertThat(stage.role()).isEqualTo(Role.STANDBY);
        assertThat(stage.all(Action.BeginMastership.class)).isEmpty();

        stage.see(after(stage, claim, true));
        assertThat(stage.roles()).containsExactly(Role.ELECTED, Role.MASTER);
        assertThat(stage.only(Action.BeginMastership.class).tenure()).isEqualTo(claim.tenure());
        assertThat(stage.all(Action.Claim.class)).isEmpty();
    }

    @Test
    void isMasterIfItLeadsBeforeTheAnswerComes() {
        Stage stage = standby().tell(dead(Sight.OTHER, Sight.STRANGER, true));
        Action.Claim claim = claimed(stage);

        stage.see(behind(stage).place(Sight.PLACE, true, true));
        assertThat(stage.role()).isEqualTo(Role.ELECTED);
        assertThat(stage.all(Action.Claim.class)).isEmpty();

        stage.tell(answer(claim));
        assertThat(stage.role()).isEqualTo(Role.MASTER);
    }

    /** The one between is removed, the record not seen again: right behind the dead master it might take over. */
    @Test
    void whoHasClaimedDoesNotTakeOverAsWellWhenItTurnsOutToBeRightBehind() {
        Stage stage = standby().tell(dead(Sight.OTHER, Sight.STRANGER, true));
        Action.Claim claim = claimed(stage);
        stage.see(behind(stage).behind(others().latchPath()));

        stage.tell(answer(claim));
        assertThat(stage.all(Action.Claim.class)).isEmpty();

        stage.see(after(stage, claim, true));
        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(stage.only(Action.BeginMastership.class).tenure()).isEqualTo(claim.tenure());
    }

    @Test
    void claimWhoseAnswerWasLostIsRecognisedInTheRecord() {
        Stage stage = standby().tell(dead(Sight.OTHER, Sight.STRANGER, true));
        Action.Claim claim = claimed(stage);
        stage.answer(ActionKind.REMOVE, Result.UNKNOWN);

        stage.see(after(stage, claim, true));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(stage.only(Action.BeginMastership.class).masterVersion()).isEqualTo(BEFORE + 1);
    }

    /** Sent again, the removal fails on what it has done itself; that says nothing of the claim. */
    @Test
    void claimWhoseAnswerWasLostIsRecognisedAlsoIfItWasSentAgain() {
        Stage stage = standby().tell(dead(Sight.OTHER, Sight.STRANGER, true));
        Action.Claim claim = claimed(stage);
        stage.answer(ActionKind.REMOVE, Result.UNKNOWN).wait(Duration.ofMillis(200));
        assertThat(claimed(stage).tenure()).isEqualTo(claim.tenure());
        stage.answer(ActionKind.REMOVE, Result.CONFLICT);

        stage.see(after(stage, claim, true));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(stage.only(Action.BeginMastership.class).tenure()).isEqualTo(claim.tenure());
        assertThat(stage.all(Action.Claim.class)).isEmpty();
    }

    @Test
    void removalWithoutTheClaimIsFollowedByOneInTheUsualWay() {
        Stage stage = standby().tell(dead(Sight.OTHER, Sight.STRANGER, true));
        stage.answer(ActionKind.REMOVE, Result.DONE);
        Tenure ended = others().ended(new Ending(Cause.CRASH, true, "n1", "", Sight.NOON));

        stage.see(Sight.leading(stage.incarnation()).master(ended, BEFORE + 1, false));

        assertThat(stage.role()).isEqualTo(Role.ELECTED);
        assertThat(stage.only(Action.Claim.class).masterVersion()).isEqualTo(BEFORE + 1);
    }

    @Test
    void claimsNothingAfterAConflict() {
        Stage stage = standby().tell(dead(Sight.OTHER, Sight.STRANGER, true));
        stage.answer(ActionKind.REMOVE, Result.CONFLICT);

        stage.wait(Duration.ofMillis(20));

        assertThat(stage.only(Action.Remove.class).claim()).isEmpty();
    }

    @Test
    void claimsNothingWithTheRemovalOfAMasterThatMayStillAct() {
        Stage stage = standby().tell(dead(Sight.OTHER, Sight.STRANGER, false));

        assertThat(stage.only(Action.Remove.class).claim()).isEmpty();
    }

    /** A rule of a firewall resets and refuses in the name of one that lives, and has to hear of its removal first. */
    @Test
    void claimsNothingWithTheRemovalOfAMasterWhoseNetworkMayHaveSpokenForIt() {
        Stage stage = standby().tell(new Event.DeathVerified(new Obituary(Sight.OTHER, Sight.STRANGER, true, false,
                "reset, then refused", Stage.START_NANOS, Sight.NOON)));

        assertThat(stage.only(Action.Remove.class).claim()).isEmpty();
    }

    @Test
    void claimsNothingWithTheRemovalOfABystander() {
        Stage stage = standby().tell(dead(NodeId.of("n9"), Incarnation.of(9, 9), true));

        assertThat(stage.only(Action.Remove.class).claim()).isEmpty();
    }

    @Test
    void claimsWithTheRemovalOfWhoeverIsNextOnceTheMasterIsGone() {
        Stage stage = standby();
        stage.see(behind(stage).master(others().ended(new Ending(Cause.CRASH, true, "n3", "", Sight.NOON)), 6, false));

        stage.tell(dead(NodeId.of("n9"), Incarnation.of(9, 9), true));

        assertThat(claimed(stage).masterVersion()).isEqualTo(6);
    }

    @Test
    void whoseApplicationIsToBeAskedClaimsWhenItLeads() {
        Stage stage = Stage.asked();
        stage.see(behind(stage));

        stage.tell(dead(Sight.OTHER, Sight.STRANGER, true));

        assertThat(stage.only(Action.Remove.class).claim()).isEmpty();
        assertThat(stage.all(Action.AskPermission.class)).isEmpty();
    }

    @Test
    void claimThatWasNeverTakenUpIsEndedOnceItIsOld() {
        Stage stage = standby().tell(dead(Sight.OTHER, Sight.STRANGER, true));
        Action.Claim claim = claimed(stage);
        stage.tell(answer(claim)).answer(ActionKind.REMOVE, Result.DONE).see(after(stage, claim, false));

        stage.wait(Sight.GUARD.plusMillis(1));

        Action.EndTenure ended = stage.only(Action.EndTenure.class);
        assertThat(ended.ended().tenure().claimId()).isEqualTo(claim.tenure().claimId());
        assertThat(stage.role()).isEqualTo(Role.STANDBY);
    }

    @Test
    void whoHasClaimedRemovesTheNextWithoutAnotherClaim() {
        Stage stage = standby().tell(dead(Sight.OTHER, Sight.STRANGER, true));
        stage.tell(answer(claimed(stage))).answer(ActionKind.REMOVE, Result.DONE);

        stage.tell(dead(NodeId.of("n9"), Incarnation.of(9, 9), true));

        assertThat(stage.only(Action.Remove.class).claim()).isEmpty();
    }
}
