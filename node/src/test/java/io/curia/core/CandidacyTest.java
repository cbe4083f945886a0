package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Bar.Reason;
import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import io.curia.model.Switchover.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who must not queue, must queue elsewhere, or must not claim, and for how long. */
class CandidacyTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final NodeId THIRD = NodeId.of("n3");

    /** A switchover of epoch 1 from {@code n2}, to be done within a minute from noon. */
    private static Switchover wish(Optional<NodeId> target, boolean forced) {
        return new Switchover("wish", Sight.OTHER, new Epoch(1), target, Cause.SWITCHOVER, forced, Sight.NOON,
                Sight.NOON.plus(MINUTE), Duration.ZERO, "operator", "", Sight.NOON, Optional.empty());
    }

    private static Switchover steppedDown(NodeId who, Duration cooldown) {
        Instant at = Sight.NOON;
        return new Switchover("wish", who, new Epoch(1), Optional.empty(), Cause.STEP_DOWN, false, at,
                at.plus(MINUTE), cooldown, "operator", "", at,
                Optional.of(new Outcome(End.HANDED_OVER, "", who.value(), at)));
    }

    /** A standby that sees n2 reign in epoch 1. */
    private static Sight ruled(Stage stage) {
        return Sight.registered(stage.incarnation())
                .master(Sight.tenure(Sight.OTHER, Sight.STRANGER, 1), 1, true);
    }

    private static Sight inherited(Stage stage) {
        return Sight.leading(stage.incarnation())
                .master(Sight.tenure(Sight.OTHER, Sight.STRANGER, 1), 1, false);
    }

    private static Reason onlyBar(Stage stage) {
        assertThat(stage.core.bars()).hasSize(1);
        return stage.core.bars().get(0).reason();
    }

    @Test
    void nothingStandsAgainstACandidateWithoutIntents() {
        Stage stage = Stage.standby();

        assertThat(stage.core.bars()).isEmpty();
    }

    @Test
    void pausedCandidateLeadsAndDoesNotClaim() {
        Stage stage = Stage.standby();

        stage.see(inherited(stage).paused(MINUTE));

        assertThat(stage.role()).isEqualTo(Role.ELECTED);
        assertThat(stage.all(Action.Claim.class)).isEmpty();
        assertThat(onlyBar(stage)).isEqualTo(Reason.PAUSED);
    }

    @Test
    void candidateClaimsWhenThePauseIsLifted() {
        Stage stage = Stage.standby();
        stage.see(inherited(stage).paused(MINUTE));

        stage.see(inherited(stage));

        assertThat(stage.all(Action.Claim.class)).hasSize(1);
    }

    @Test
    void candidateWakesWhenThePauseEnds() {
        Stage stage = Stage.standby();

        stage.see(inherited(stage).paused(Duration.ofSeconds(30)));

        assertThat(stage.core.wakeAt()).hasValue(stage.nanos() + Duration.ofSeconds(30).toNanos());
    }

    @Test
    void whoeverWasMasterTakesItUpAgainInAPause() {
        Stage stage = Stage.standby();

        stage.see(Sight.leading(stage.incarnation()).paused(MINUTE)
                .master(Sight.tenure(Sight.SELF, Sight.STRANGER, 1), 1, false));

        assertThat(stage.all(Action.Claim.class)).hasSize(1);
    }

    @Test
    void masterRenewsInAPause() {
        Stage stage = Stage.master();

        stage.see(stage.reigning().paused(MINUTE)).wait(Duration.ofSeconds(1));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(stage.all(Action.Renew.class)).hasSize(1);
    }

    @Test
    void forcedSwitchoverIsClaimedInAPause() {
        Stage stage = Stage.standby();

        stage.see(inherited(stage).paused(MINUTE).switchover(wish(Optional.of(Sight.SELF), true)));

        assertThat(stage.all(Action.Claim.class)).hasSize(1);
    }

    @Test
    void unforcedSwitchoverIsNotClaimedInAPause() {
        Stage stage = Stage.standby();

        stage.see(inherited(stage).paused(MINUTE).switchover(wish(Optional.of(Sight.SELF), false)));

        assertThat(stage.all(Action.Claim.class)).isEmpty();
    }

    @Test
    void nobodyIsRemovedInAPause() {
        Stage stage = Stage.standby();
        stage.see(ruled(stage).paused(MINUTE));

        stage.tell(new Event.DeathVerified(
                new Obituary(Sight.OTHER, Sight.STRANGER, true, true, "refused", Stage.START_NANOS, Sight.NOON)));

        assertThat(stage.all(Action.Remove.class)).isEmpty();
    }

    @Test
    void whoeverQueuesBeforeTheTargetGoesBehindIt() {
        Stage stage = Stage.standby();

        stage.see(ruled(stage).switchover(wish(Optional.of(THIRD), false))
                .queueing(Sight.OTHER, Sight.SELF, THIRD));

        assertThat(stage.actions).contains(new Action.WithdrawLatch(), new Action.EnterLatch());
        assertThat(stage.core.bars()).extracting(Bar::reason).containsExactly(Reason.GIVES_WAY);
    }

    @Test
    void whoeverQueuesBehindTheTargetStays() {
        Stage stage = Stage.standby();

        stage.see(ruled(stage).switchover(wish(Optional.of(THIRD), false))
                .queueing(Sight.OTHER, THIRD, Sight.SELF));

        assertThat(stage.actions).isEmpty();
    }

    @Test
    void nobodyGivesWayToATargetThatDoesNotQueue() {
        Stage stage = Stage.standby();

        stage.see(ruled(stage).switchover(wish(Optional.of(THIRD), false)).queueing(Sight.OTHER, Sight.SELF));

        assertThat(stage.actions).isEmpty();
    }

    @Test
    void nobodyGivesWayForASwitchoverOfAnotherEpoch() {
        Stage stage = Stage.standby();

        stage.see(Sight.registered(stage.incarnation())
                .master(Sight.tenure(Sight.OTHER, Sight.STRANGER, 2), 2, true)
                .switchover(wish(Optional.of(THIRD), false)).queueing(Sight.OTHER, Sight.SELF, THIRD));

        assertThat(stage.actions).isEmpty();
    }

    @Test
    void leaderGivesWayToTheTargetOfAForcedSwitchover() {
        Stage stage = Stage.standby();
        stage.see(inherited(stage).paused(MINUTE));

        stage.see(inherited(stage).switchover(wish(Optional.of(THIRD), true)).queueing(Sight.SELF, THIRD));

        assertThat(stage.role()).isEqualTo(Role.STANDBY);
        assertThat(stage.actions).contains(new Action.WithdrawLatch(), new Action.EnterLatch());
        assertThat(stage.all(Action.Claim.class)).isEmpty();
    }

    @Test
    void steppedDownNodeRestsWhileSomebodyElseQueues() {
        Stage stage = Stage.joining();

        stage.see(ruled(stage).withoutPlace().switchover(steppedDown(Sight.SELF, MINUTE)).queueing(Sight.OTHER));

        assertThat(stage.all(Action.EnterLatch.class)).isEmpty();
        assertThat(onlyBar(stage)).isEqualTo(Reason.COOLDOWN);
        assertThat(stage.core.wakeAt()).hasValue(stage.nanos() + MINUTE.toNanos());
    }

    @Test
    void steppedDownNodeQueuesWhenNobodyElseDoes() {
        Stage stage = Stage.joining();

        stage.see(ruled(stage).withoutPlace().switchover(steppedDown(Sight.SELF, MINUTE)).queueing());

        assertThat(stage.all(Action.EnterLatch.class)).hasSize(1);
    }

    @Test
    void anotherNodesRestKeepsNobodyElseOut() {
        Stage stage = Stage.joining();

        stage.see(ruled(stage).withoutPlace().switchover(steppedDown(Sight.OTHER, MINUTE)).queueing());

        assertThat(stage.all(Action.EnterLatch.class)).hasSize(1);
    }
}
