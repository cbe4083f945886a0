package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Event.Result;
import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.Epoch;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import io.curia.model.Switchover.Outcome;
import io.curia.model.Tenure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A master that is asked to hand over: when it begins, what it writes, and what stops it. */
class HandoverTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    static final NodeId THIRD = NodeId.of("n3");

    static Switchover wish(Optional<NodeId> target, Instant notBefore, boolean forced) {
        return new Switchover("wish", Sight.SELF, new Epoch(1), target, Cause.SWITCHOVER, forced, notBefore,
                notBefore.plus(MINUTE), Duration.ZERO, "alice", "kernel", Sight.NOON, Optional.empty());
    }

    static Switchover toThird() {
        return wish(Optional.of(THIRD), Sight.NOON, false);
    }

    private static Switchover withdrawn(Switchover wish) {
        return wish.settled(new Outcome(End.CANCELLED, "", "alice", Sight.NOON));
    }

    /** A master of epoch 1 that sees this switchover and this queue; whoever it asks is there. */
    private static Stage asked(Switchover wish, NodeId... queue) {
        Stage stage = Stage.master();
        return stage.see(stage.reigning().switchover(wish).queueing(queue)).heirIsThere();
    }

    static Outcome outcome(Action.Settle settle) {
        return settle.settled().what().orElseThrow().outcome().orElseThrow();
    }

    @Test
    void masterStopsItsDutiesOnceTheTargetIsNext() {
        Stage stage = asked(toThird(), Sight.SELF, THIRD, Sight.OTHER);

        assertThat(stage.role()).isEqualTo(Role.YIELDING);
        assertThat(stage.only(Action.StopDuties.class).planned()).isTrue();
        assertThat(stage.only(Action.StopDuties.class).reason())
                .isEqualTo("switchover to n3 asked for by alice: kernel");
        assertThat(stage.all(Action.RevokeMastership.class)).isEmpty();
    }

    @Test
    void masterWaitsForTheTargetToBeNext() {
        Stage stage = asked(toThird(), Sight.SELF, Sight.OTHER, THIRD);

        assertThat(stage.role()).isEqualTo(Role.MASTER);

        stage.see(stage.reigning().switchover(toThird()).queueing(Sight.SELF, THIRD, Sight.OTHER));

        assertThat(stage.role()).isEqualTo(Role.YIELDING);
    }

    @Test
    void masterThatHasNotSeenTheQueueWaits() {
        Stage stage = Stage.master();

        stage.see(stage.reigning().switchover(toThird()));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
    }

    @Test
    void steppingAsideSettlesTheSwitchoverAndConfirmsTheEnd() {
        Stage stage = asked(toThird(), Sight.SELF, THIRD);

        stage.giveUpAlone(1);

        Action.StepAside aside = stage.only(Action.StepAside.class);
        Ending ending = aside.ended().tenure().ending().orElseThrow();
        assertThat(ending.cause()).isEqualTo(Cause.SWITCHOVER);
        assertThat(ending.confirmed()).isTrue();
        assertThat(aside.settled().orElseThrow().version()).isEqualTo(5);
        assertThat(aside.settled().get().what().orElseThrow().outcome().orElseThrow().end())
                .isEqualTo(End.HANDED_OVER);
    }

    @Test
    void switchoverWithoutATargetNeedsSomebodyElse() {
        Switchover anybody = wish(Optional.empty(), Sight.NOON, false);

        assertThat(asked(anybody, Sight.SELF).role()).isEqualTo(Role.MASTER);
        assertThat(asked(anybody, Sight.SELF, Sight.OTHER).role()).isEqualTo(Role.YIELDING);
    }

    @Test
    void scheduledSwitchoverWaitsForItsTime() {
        Stage stage = asked(wish(Optional.of(THIRD), Sight.NOON.plusSeconds(30), false), Sight.SELF, THIRD);

        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(stage.core.wakeAt().orElseThrow()).isLessThanOrEqualTo(
                stage.nanos() + Duration.ofSeconds(30).toNanos());
    }

    @Test
    void switchoverWhoseDeadlinePassedIsSettledWithWhatStoodInItsWay() {
        Switchover late = wish(Optional.of(THIRD), Sight.NOON.minus(MINUTE), false);

        Stage stage = asked(late, Sight.SELF, Sight.OTHER);

        assertThat(stage.role()).isEqualTo(Role.MASTER);
        Action.Settle settle = stage.only(Action.Settle.class);
        assertThat(settle.masterVersion()).isEqualTo(1);
        assertThat(outcome(settle).end()).isEqualTo(End.EXPIRED);
        assertThat(outcome(settle).detail()).isEqualTo("n3 does not queue");
    }

    @Test
    void switchoverOfAnEarlierEpochIsSettledAsOvertaken() {
        Stage stage = Stage.elected();
        Tenure before = Sight.tenure(Sight.OTHER, Sight.STRANGER, 1);
        Switchover ofOther = new Switchover("wish", Sight.OTHER, new Epoch(1), Optional.of(THIRD), Cause.SWITCHOVER,
                false, Sight.NOON, Sight.NOON.plus(MINUTE), Duration.ZERO, "alice", "", Sight.NOON,
                Optional.empty());
        stage.answer(ActionKind.CLAIM, Result.CONFLICT).pass(Duration.ofSeconds(1))
                .see(Sight.leading(stage.incarnation()).master(before, 1, false).switchover(ofOther));

        stage.tell(stage.claimed());

        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(outcome(stage.only(Action.Settle.class)).end()).isEqualTo(End.OVERTAKEN);
    }

    @Test
    void settledSwitchoverAsksForNothing() {
        Stage stage = asked(withdrawn(toThird()), Sight.SELF, THIRD);

        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(stage.actions).isEmpty();
    }

    @Test
    void switchoverIsNotBegunInAPause() {
        Stage stage = Stage.master();

        stage.see(stage.reigning().paused(MINUTE).switchover(toThird()).queueing(Sight.SELF, THIRD));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
    }

    @Test
    void forcedSwitchoverIsBegunInAPause() {
        Stage stage = Stage.master();

        stage.see(stage.reigning().paused(MINUTE).switchover(wish(Optional.of(THIRD), Sight.NOON, true))
                .queueing(Sight.SELF, THIRD)).heirIsThere();

        assertThat(stage.role()).isEqualTo(Role.YIELDING);
    }

    /** Its duties have stopped by then: it takes them up again under the next epoch. */
    @Test
    void masterDoesNotStepAsideForASwitchoverThatWasWithdrawnMeanwhile() {
        Stage stage = asked(toThird(), Sight.SELF, THIRD);
        stage.see(stage.reigning().switchover(withdrawn(toThird())).queueing(Sight.SELF, THIRD));

        stage.tell(new Event.DutiesStopped(new Epoch(1)));

        assertThat(stage.all(Action.StepAside.class)).isEmpty();
        assertThat(stage.only(Action.Claim.class).tenure().epoch()).isEqualTo(new Epoch(2));
    }

    @Test
    void masterDoesNotStepAsideForATargetThatHasGone() {
        Stage stage = asked(toThird(), Sight.SELF, THIRD, Sight.OTHER);
        stage.see(stage.reigning().switchover(toThird()).queueing(Sight.SELF, Sight.OTHER));

        stage.tell(new Event.DutiesStopped(new Epoch(1)));

        assertThat(stage.all(Action.StepAside.class)).isEmpty();
        assertThat(stage.all(Action.Claim.class)).hasSize(1);
    }

    @Test
    void refusedStepAsideIsDecidedAnew() {
        Stage stage = asked(toThird(), Sight.SELF, THIRD);
        stage.giveUpAlone(1);
        stage.answer(ActionKind.STEP_ASIDE, Result.CONFLICT);

        stage.see(stage.reigning().switchover(withdrawn(toThird())).queueing(Sight.SELF, THIRD));

        assertThat(stage.role()).isEqualTo(Role.ELECTED);
        assertThat(stage.all(Action.Claim.class)).hasSize(1);
    }

    @Test
    void masterThatHandedOverQueuesAgain() {
        Stage stage = asked(toThird(), Sight.SELF, THIRD);
        stage.giveUpAlone(1);
        Action.StepAside aside = stage.only(Action.StepAside.class);
        stage.answer(ActionKind.STEP_ASIDE, Result.DONE);

        stage.see(Sight.registered(stage.incarnation()).withoutPlace().master(aside.ended().tenure(), 2, true)
                .switchover(aside.settled().orElseThrow().what().orElseThrow()).queueing(THIRD));

        assertThat(stage.role()).isEqualTo(Role.STANDBY);
        assertThat(stage.all(Action.EnterLatch.class)).hasSize(1);
    }

    /** Mastership comes back to it within half a second, and is asked for again: nobody is master meanwhile. */
    @Test
    void masterThatHandedOverAMomentAgoDoesNotWaitToDoItAgain() {
        Stage stage = asked(toThird(), Sight.SELF, THIRD);
        stage.giveUpAlone(1);
        Action.StepAside aside = stage.only(Action.StepAside.class);
        stage.answer(ActionKind.STEP_ASIDE, Result.DONE);
        Tenure ofThird = Sight.ended(Sight.tenure(THIRD, Sight.STRANGER, 2), Cause.SWITCHOVER, true);
        stage.see(Sight.registered(stage.incarnation()).withoutPlace().master(aside.ended().tenure(), 2, true))
                .see(Sight.leading(stage.incarnation()).master(ofThird, 4, true));
        Tenure again = stage.only(Action.Claim.class).tenure();
        stage.tell(stage.claimed());
        Switchover anybody = new Switchover("again", Sight.SELF, again.epoch(), Optional.empty(), Cause.SWITCHOVER,
                false, Sight.NOON, Sight.NOON.plus(MINUTE), Duration.ZERO, "alice", "", Sight.NOON,
                Optional.empty());
        stage.see(Sight.leading(stage.incarnation()).master(again, 5, true).switchover(anybody)
                .queueing(Sight.SELF, THIRD));

        stage.giveUpAlone(again.epoch().number());

        assertThat(stage.only(Action.StepAside.class).ended().tenure().epoch()).isEqualTo(new Epoch(3));
    }

    @Test
    void switchoverWhoseTargetQueuesNoLongerIsSettledAfterAMoment() {
        Stage stage = asked(toThird(), Sight.SELF, Sight.OTHER, THIRD);
        stage.see(stage.reigning().switchover(toThird()).queueing(Sight.SELF, Sight.OTHER));

        assertThat(stage.all(Action.Settle.class)).as("it may have lost its connection for a moment").isEmpty();
        stage.wait(Duration.ofSeconds(1));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(outcome(stage.only(Action.Settle.class)).end()).isEqualTo(End.TARGET_GONE);
        assertThat(outcome(stage.only(Action.Settle.class)).detail()).isEqualTo("n3 does not queue any more");
    }

    @Test
    void targetThatQueuesAnewIsHandedOverTo() {
        Stage stage = asked(toThird(), Sight.SELF, Sight.OTHER, THIRD);
        stage.see(stage.reigning().switchover(toThird()).queueing(Sight.SELF, Sight.OTHER));
        stage.see(stage.reigning().switchover(toThird()).queueing(Sight.SELF, THIRD, Sight.OTHER));

        assertThat(stage.role()).isEqualTo(Role.YIELDING);
    }

    @Test
    void targetOfAScheduledSwitchoverThatHasNotQueuedYetIsWaitedFor() {
        Switchover scheduled = new Switchover("wish", Sight.SELF, new Epoch(1), Optional.of(THIRD), Cause.SWITCHOVER,
                false, Sight.NOON, Sight.NOON.plus(MINUTE), Duration.ZERO, "alice", "", Sight.NOON.minus(MINUTE),
                Optional.empty());
        Stage stage = asked(scheduled, Sight.SELF, Sight.OTHER);

        stage.wait(Duration.ofSeconds(1));

        assertThat(stage.all(Action.Settle.class)).isEmpty();
    }

    // A target whose process has died: its system says so before its place goes.

    @Test
    void masterDoesNotStopItsDutiesForATargetThatHungUp() {
        Stage stage = asked(toThird(), Sight.SELF, Sight.OTHER, THIRD).tell(new Event.HungUp(THIRD));

        stage.see(stage.reigning().switchover(toThird()).queueing(Sight.SELF, THIRD, Sight.OTHER));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(stage.all(Action.StopDuties.class)).isEmpty();
    }

    @Test
    void masterDoesNotStopItsDutiesWhileWhoeverIsNextHasHungUp() {
        Stage stage = Stage.master().tell(new Event.HungUp(THIRD));

        stage.see(stage.reigning().switchover(wish(Optional.empty(), Sight.NOON, false))
                .queueing(Sight.SELF, THIRD, Sight.OTHER)).heirIsThere();
        assertThat(stage.role()).isEqualTo(Role.MASTER);
        stage.see(stage.reigning().switchover(wish(Optional.empty(), Sight.NOON, false))
                .queueing(Sight.SELF, Sight.OTHER)).heirIsThere();

        assertThat(stage.role()).isEqualTo(Role.YIELDING);
    }

    @Test
    void targetThatHungUpAndStillQueuesLivesAndIsHandedOverTo() {
        Stage stage = Stage.master().tell(new Event.HungUp(THIRD));
        stage.see(stage.reigning().switchover(toThird()).queueing(Sight.SELF, THIRD)).heirIsThere();

        stage.wait(Duration.ofMillis(999));
        assertThat(stage.role()).isEqualTo(Role.MASTER);
        stage.wait(Duration.ofMillis(1)).heirIsThere();

        assertThat(stage.role()).isEqualTo(Role.YIELDING);
    }

    @Test
    void switchoverWhoseTargetHungUpAndQueuesNoLongerIsSettledAtOnce() {
        Stage stage = asked(toThird(), Sight.SELF, Sight.OTHER, THIRD).tell(new Event.HungUp(THIRD));

        stage.see(stage.reigning().switchover(toThird()).queueing(Sight.SELF, Sight.OTHER));

        assertThat(outcome(stage.only(Action.Settle.class)).end()).isEqualTo(End.TARGET_GONE);
    }

    @Test
    void masterWhoseTargetDiesAfterItsWordClaimsAgainAtOnce() {
        Stage stage = asked(toThird(), Sight.SELF, THIRD, Sight.OTHER).tell(new Event.DutiesStopped(new Epoch(1)));
        assertThat(stage.all(Action.Yield.class)).hasSize(1);

        stage.tell(new Event.HungUp(THIRD));

        assertThat(stage.all(Action.StepAside.class)).isEmpty();
        assertThat(stage.only(Action.Claim.class).tenure().epoch()).isEqualTo(new Epoch(2));
    }
}
