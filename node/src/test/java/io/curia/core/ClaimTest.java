package io.curia.core;

import static io.curia.core.Stage.endingOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Event.Result;
import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.Role;
import io.curia.model.Tenure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** From the lead to mastership: the rows of {@link NodeCore}'s table that a claim touches. */
class ClaimTest {

    private static final Duration HALF_GUARD = Sight.GUARD.dividedBy(2);

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
}
