package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Event.Result;
import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import io.curia.model.Switchover.Outcome;
import io.curia.model.Takeover;
import io.curia.model.Tenure;
import io.curia.model.YieldedTenure;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Taking over from a master that has said that its tenure is over, or is dead beyond doubt. */
class TakeoverTest {

    private static final int BEFORE = 5;
    private static final String THEIRS = "/curia/demo/latch/latch-0000000000";
    private static final YieldedTenure WORD = word("theirs", Optional.empty());

    /** A standby right behind the place of another, who is master of epoch 4. */
    private static Stage heir() {
        Stage stage = Stage.standby();
        return stage.see(behind(stage));
    }

    private static Sight behind(Stage stage) {
        return Sight.registered(stage.incarnation()).behind(THEIRS).master(theirs(), BEFORE, true);
    }

    private static Tenure theirs() {
        return new Tenure(new Epoch(4), Sight.OTHER, Sight.STRANGER, Sight.ADDRESS, 1, THEIRS, Sight.NOON, Cause.FIRST,
                "theirs", Sight.GUARD, Optional.empty());
    }

    private static YieldedTenure word(String claimId, Optional<String> switchover) {
        return new YieldedTenure(new Epoch(4), claimId, switchover.isPresent() ? Cause.SWITCHOVER : Cause.LEFT,
                "maintenance", switchover);
    }

    private static Event said(YieldedTenure word) {
        return new Event.TenureYielded(Sight.STRANGER, word);
    }

    private static Event dead(NodeId id, Incarnation incarnation, boolean beyondDoubt) {
        return new Event.DeathVerified(new Obituary(id, incarnation, true, beyondDoubt, "refused", Stage.START_NANOS,
                Sight.NOON));
    }

    private static Event masterDead() {
        return dead(Sight.OTHER, Sight.STRANGER, true);
    }

    private static Switchover wish() {
        return new Switchover("wish", Sight.OTHER, new Epoch(4), Optional.of(Sight.SELF), Cause.SWITCHOVER, false,
                Sight.NOON, Sight.NOON.plusSeconds(60), Duration.ZERO, "alice", "kernel", Sight.NOON,
                Optional.empty());
    }

    /** The claim is committed, and seen to be. */
    private static Sight after(Stage stage, Action.Claim claim, boolean leading) {
        return Sight.registered(stage.incarnation()).place(Sight.PLACE, leading, true)
                .master(claim.tenure(), BEFORE + 1, true);
    }

    private static Takeover takeover(Stage stage) {
        return stage.only(Action.Claim.class).takeover().orElseThrow();
    }

    @Test
    void wordOfTheMasterIsFollowedByAClaimThatEndsItsTenure() {
        Stage stage = heir().tell(said(WORD));

        Action.Claim claim = stage.only(Action.Claim.class);
        assertThat(claim.tenure().epoch()).isEqualTo(new Epoch(5));
        assertThat(claim.tenure().cause()).isEqualTo(Cause.LEFT);
        assertThat(claim.masterVersion()).isEqualTo(BEFORE);
        assertThat(takeover(stage).ended()).isEqualTo(theirs().ended(
                new Ending(Cause.LEFT, true, Sight.OTHER.value(), "maintenance", Sight.NOON)));
        assertThat(stage.role()).isEqualTo(Role.STANDBY);
    }

    @Test
    void heirIsMasterOnceItLeadsAndNotBefore() {
        Stage stage = heir().tell(said(WORD));
        Action.Claim claim = stage.only(Action.Claim.class);

        stage.tell(stage.claimed());
        stage.see(after(stage, claim, false));
        assertThat(stage.role()).isEqualTo(Role.STANDBY);

        stage.see(after(stage, claim, true));
        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(stage.only(Action.BeginMastership.class).tenure()).isEqualTo(claim.tenure());
    }

    /** What was seen of the lead may be older than what was heard of it. */
    @Test
    void heirThatSeemsToLoseTheLeadKeepsItsClaim() {
        Stage stage = heir().tell(said(WORD));
        Action.Claim claim = stage.only(Action.Claim.class);
        Event answer = stage.claimed();
        stage.see(behind(stage).place(Sight.PLACE, true, true)).see(after(stage, claim, false)).tell(answer);
        assertThat(stage.role()).isEqualTo(Role.STANDBY);

        stage.see(after(stage, claim, true));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
    }

    @Test
    void wordOnAnotherTenureIsNothing() {
        assertThat(heir().tell(said(word("another", Optional.empty()))).all(Action.Claim.class)).isEmpty();
        assertThat(heir().tell(new Event.TenureYielded(Incarnation.of(3, 3), WORD)).all(Action.Claim.class)).isEmpty();
    }

    @Test
    void wordIsNothingToWhoeverQueuesFurtherBehind() {
        Stage stage = Stage.standby();
        stage.see(behind(stage).behind("/curia/demo/latch/latch-of-somebody"));

        stage.tell(said(WORD));

        assertThat(stage.all(Action.Claim.class)).isEmpty();
    }

    @Test
    void wordThatCameBeforeThePlaceWasKnownIsFollowedOnceItIs() {
        Stage stage = Stage.standby();
        stage.see(behind(stage).queued()).tell(said(WORD));
        assertThat(stage.all(Action.Claim.class)).isEmpty();

        stage.see(behind(stage));

        assertThat(stage.only(Action.Claim.class).takeover()).isPresent();
    }

    @Test
    void nobodyTakesOverWhileTheClusterIsPaused() {
        Stage stage = Stage.standby();
        stage.see(behind(stage).paused(Duration.ofMinutes(1)));

        assertThat(stage.tell(said(WORD)).all(Action.Claim.class)).isEmpty();
        assertThat(stage.tell(masterDead()).all(Action.Claim.class)).isEmpty();
    }

    @Test
    void whoseApplicationIsToBeAskedDoesNotTakeOver() {
        Stage stage = Stage.asked();
        stage.see(behind(stage));

        stage.tell(said(WORD));

        assertThat(stage.all(Action.Claim.class)).isEmpty();
        assertThat(stage.all(Action.AskPermission.class)).isEmpty();
    }

    @Test
    void switchoverIsSettledWithTheTakeover() {
        Stage stage = Stage.standby();
        stage.see(behind(stage).switchover(wish()));

        stage.tell(said(word("theirs", Optional.of("wish"))));

        Outcome outcome = takeover(stage).settled().orElseThrow().what().orElseThrow().outcome().orElseThrow();
        assertThat(outcome.end()).isEqualTo(End.HANDED_OVER);
        assertThat(outcome.actor()).isEqualTo(Sight.OTHER.value());
        assertThat(takeover(stage).settled().get().version()).isEqualTo(5);
    }

    @Test
    void switchoverThatWasWithdrawnIsNotFollowed() {
        Stage stage = Stage.standby();
        stage.see(behind(stage).switchover(wish().settled(new Outcome(End.CANCELLED, "", "alice", Sight.NOON))));

        stage.tell(said(word("theirs", Optional.of("wish"))));

        assertThat(stage.all(Action.Claim.class)).isEmpty();
    }

    /** The master has given up its place meanwhile: what follows is the usual way, at once. */
    @Test
    void takeoverThatFailedIsNotTriedAgainAndDoesNotDelayTheUsualClaim() {
        Stage stage = heir().tell(said(WORD)).answer(ActionKind.CLAIM, Result.CONFLICT);
        stage.wait(Duration.ofMillis(20));
        assertThat(stage.all(Action.Claim.class)).isEmpty();
        Tenure ended = Sight.ended(theirs(), Cause.LEFT, true);

        stage.see(Sight.leading(stage.incarnation()).master(ended, BEFORE + 1, false));

        assertThat(stage.only(Action.Claim.class).takeover()).isEmpty();
        assertThat(stage.only(Action.Claim.class).masterVersion()).isEqualTo(BEFORE + 1);
    }

    @Test
    void takeoverWhoseAnswerWasLostIsRecognised() {
        Stage stage = heir().tell(said(WORD));
        Action.Claim claim = stage.only(Action.Claim.class);
        stage.answer(ActionKind.CLAIM, Result.UNKNOWN);

        stage.see(after(stage, claim, true));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(stage.only(Action.BeginMastership.class).tenure()).isEqualTo(claim.tenure());
    }

    // The dead.

    @Test
    void deathBeyondDoubtIsTakenOverFromAndItsRegistrationRemovedAfterwards() {
        Stage stage = heir().tell(masterDead());
        Action.Claim claim = stage.only(Action.Claim.class);
        assertThat(takeover(stage).ended().ending().map(Ending::cause)).contains(Cause.CRASH);
        assertThat(takeover(stage).ended().ending().map(Ending::actor)).contains(Sight.SELF.value());
        assertThat(stage.all(Action.Remove.class)).isEmpty();

        stage.tell(stage.claimed()).see(after(stage, claim, true));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(stage.all(Action.Remove.class)).as("while the application learns of it").isEmpty();
        stage.settle();
        assertThat(stage.only(Action.Remove.class).claim()).isEmpty();
    }

    @Test
    void deathThatMayBeDeniedIsRemovedFirst() {
        Stage stage = heir().tell(dead(Sight.OTHER, Sight.STRANGER, false));

        assertThat(stage.all(Action.Claim.class)).isEmpty();
        assertThat(stage.only(Action.Remove.class).claim()).isEmpty();
    }

    @Test
    void deathOfABystanderIsNoReasonToTakeOver() {
        Stage stage = heir().tell(dead(NodeId.of("n9"), Incarnation.of(9, 9), true));

        assertThat(stage.all(Action.Claim.class)).isEmpty();
        assertThat(stage.all(Action.Remove.class)).hasSize(1);
    }

    @Test
    void takeoverFromTheDeadThatFailedIsFollowedByARemoval() {
        Stage stage = heir().tell(masterDead()).answer(ActionKind.CLAIM, Result.CONFLICT);

        assertThat(stage.all(Action.Remove.class)).hasSize(1);
    }
}
