package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Event.Result;
import io.curia.model.Cause;
import io.curia.model.Incarnation;
import io.curia.model.MemberKind;
import io.curia.model.RefusalReason;
import io.curia.model.Role;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The transition table of {@link NodeCore}, edge by edge; mastership's own edges are in {@link MasteryTest}. */
class NodeCoreTest {

    private static final Event STOP = new Event.StopRequested("maintenance");
    private static final Duration A_WHILE = Duration.ofSeconds(3);

    @Test
    void detachedNodeJoinsOnceConnected() {
        Stage stage = Stage.candidate().see(Sight.connected().disconnected());
        assertThat(stage.role()).isEqualTo(Role.DETACHED);

        stage.see(Sight.connected());

        assertThat(stage.role()).isEqualTo(Role.JOINING);
    }

    @Test
    void detachedNodeStopsAtOnceWhenAsked() {
        Stage stage = Stage.candidate().tell(STOP);

        assertThat(stage.role()).isEqualTo(Role.STOPPED);
        assertThat(stage.only(Action.Finish.class).farewell().kind()).isEqualTo(Farewell.Kind.LEFT);
    }

    @Test
    void joiningNodeStandsByOnceItsSessionHoldsItsRegistration() {
        Stage stage = Stage.joining();

        stage.see(Sight.connected().admitted(1).live(stage.incarnation(), true));

        assertThat(stage.role()).isEqualTo(Role.STANDBY);
        assertThat(stage.actions).hasAtLeastOneElementOfType(Action.EnterLatch.class);
    }

    @Test
    void registrationOfAnotherSessionIsNotItsOwn() {
        Stage stage = Stage.joining();

        stage.see(Sight.connected().admitted(1).live(stage.incarnation(), false));

        assertThat(stage.role()).isEqualTo(Role.JOINING);
    }

    @Test
    void joiningNodeStopsWhenAsked() {
        assertThat(Stage.joining().tell(STOP).role()).isEqualTo(Role.STOPPED);
    }

    @Test
    void refusedNodeStopsAndSaysWhy() {
        Stage stage = Stage.joining().tell(new Event.JoinRefused(RefusalReason.WRONG_CLUSTER, "this is demo"));

        Farewell farewell = stage.only(Action.Finish.class).farewell();
        assertThat(farewell).isEqualTo(Farewell.refused(RefusalReason.WRONG_CLUSTER, "this is demo"));
    }

    @Test
    void nodeRefusedAsEvictedEndsAsEvicted() {
        Stage stage = Stage.joining().tell(new Event.JoinRefused(RefusalReason.EVICTED, "by operator"));

        assertThat(stage.only(Action.Finish.class).farewell().kind()).isEqualTo(Farewell.Kind.EVICTED);
    }

    @Test
    void standbyIsElectedWhenItsPlaceLeads() {
        Stage stage = Stage.standby();

        stage.see(Sight.leading(stage.incarnation()));

        assertThat(stage.role()).isEqualTo(Role.ELECTED);
        assertThat(stage.only(Action.Claim.class).tenure().epoch().number()).isEqualTo(1);
    }

    @Test
    void observerNeverQueuesAndIsNeverElected() {
        Stage stage = new Stage(MemberKind.OBSERVER, false, false).see(Sight.connected());

        stage.see(Sight.connected().admitted(1).live(stage.incarnation(), true));
        assertThat(stage.all(Action.EnterLatch.class)).isEmpty();
        stage.see(Sight.leading(stage.incarnation()));

        assertThat(stage.role()).isEqualTo(Role.STANDBY);
    }

    @Test
    void electedNodeStandsByWhenItLeadsNoLonger() {
        Stage stage = Stage.elected();

        stage.see(Sight.registered(stage.incarnation()));

        assertThat(stage.role()).isEqualTo(Role.STANDBY);
    }

    @Test
    void standbyWhoseRegistrationIsGoneJoinsAsAnotherIncarnation() {
        Stage stage = Stage.standby();
        Incarnation before = stage.incarnation();

        stage.see(Sight.registered(before).unregistered());

        assertThat(stage.role()).isEqualTo(Role.JOINING);
        assertThat(stage.incarnation()).isNotEqualTo(before);
        assertThat(stage.only(Action.Register.class).incarnation()).isEqualTo(stage.incarnation());
        assertThat(stage.actions).hasAtLeastOneElementOfType(Action.WithdrawLatch.class);
    }

    @Test
    void electedNodeWhoseRegistrationIsGoneJoinsAnewAndClaimsNothing() {
        Stage stage = Stage.elected();

        stage.see(Sight.leading(stage.incarnation()).unregistered());

        assertThat(stage.role()).isEqualTo(Role.JOINING);
        assertThat(stage.all(Action.Claim.class)).isEmpty();
    }

    /** Committed, and taken away before this node ever saw it: the next one must not pass for it. */
    @Test
    void registrationThatCameAndWentUnseenIsNotRepeated() {
        Stage stage = Stage.joining();
        Incarnation before = stage.incarnation();
        var noted = Sight.entry(2).registered(JoinPolicyTest.member("n1", before, MemberKind.CANDIDATE));

        stage.tell(new Event.JoinAccepted());
        stage.see(Sight.connected().roster(noted));

        assertThat(stage.only(Action.Register.class).incarnation()).isNotEqualTo(before);
    }

    @Test
    void standbyAndElectedLeaveWhenAsked() {
        for (Stage stage : new Stage[] {Stage.standby(), Stage.elected()}) {
            stage.tell(STOP);

            assertThat(stage.role()).isEqualTo(Role.LEAVING);
            Action.Leave leave = stage.only(Action.Leave.class);
            assertThat(leave.latchPath()).contains(Sight.PLACE);
            assertThat(leave.departed().departure()).isPresent();
            assertThat(leave.ended()).isEmpty();
        }
    }

    @Test
    void leavingNodeStopsOnceItLeft() {
        Stage stage = Stage.standby().tell(STOP).answer(ActionKind.LEAVE, Result.DONE);

        assertThat(stage.role()).isEqualTo(Role.STOPPED);
        assertThat(stage.only(Action.Finish.class).farewell().kind()).isEqualTo(Farewell.Kind.LEFT);
    }

    @Test
    void leavingNodeSeesByItsRegistrationThatItLeft() {
        Stage stage = Stage.standby().tell(STOP);

        stage.see(Sight.connected().admitted(2));

        assertThat(stage.role()).isEqualTo(Role.STOPPED);
    }

    @Test
    void leavingNodeStopsWhenNobodyAnswersInTime() {
        Stage stage = Stage.standby().tell(STOP);

        stage.wait(A_WHILE);

        assertThat(stage.role()).isEqualTo(Role.STOPPED);
    }

    @Test
    void barredNodeIsEvictedFromEveryRoleOfAMember() {
        Stage[] stages = {Stage.joining(), Stage.standby(), Stage.elected()};
        for (Stage stage : stages) {
            stage.see(Sight.leading(stage.incarnation()).evicted(2, Optional.empty()).unregistered());

            assertThat(stage.roles()).contains(Role.EVICTED);
            assertThat(stage.all(Action.Claim.class)).isEmpty();
            assertThat(stage.only(Action.Finish.class).farewell().kind()).isEqualTo(Farewell.Kind.EVICTED);
            assertThat(stage.only(Action.Finish.class).farewell().detail()).contains("operator", "disk");
        }
    }

    @Test
    void nodeWhoseBanHasEndedAsksToBeLetIn() {
        Stage stage = Stage.candidate();

        stage.see(Sight.connected().evicted(2, Optional.of(Sight.NOON)));

        assertThat(stage.role()).isEqualTo(Role.JOINING);
        assertThat(stage.actions).hasAtLeastOneElementOfType(Action.AskToJoin.class);
    }

    @Test
    void evictedMasterSeesItsEndConfirmedBeforeItStops() {
        Stage stage = Stage.master();
        var ended = Sight.ended(stage.mine(), Cause.EVICTED, false);
        Sight evicted = Sight.connected().evicted(2, Optional.empty()).master(ended, 2, false);
        stage.see(evicted);
        stage.tell(new Event.DutiesStopped(stage.mine().epoch()));
        assertThat(stage.role()).isEqualTo(Role.EVICTED);
        Action.EndTenure end = stage.only(Action.EndTenure.class);
        assertThat(end.ended().masterVersion()).isEqualTo(2);
        assertThat(end.ended().tenure().ending().get().confirmed()).isTrue();
        assertThat(end.ended().tenure().ending().get().cause()).isEqualTo(Cause.EVICTED);

        stage.see(evicted.master(end.ended().tenure(), 3, false));

        assertThat(stage.role()).isEqualTo(Role.STOPPED);
    }

    @Test
    void evictedMasterStopsWhenNobodyConfirmsInTime() {
        Stage stage = Stage.master();
        stage.see(Sight.connected().evicted(2, Optional.empty())
                .master(Sight.ended(stage.mine(), Cause.EVICTED, false), 2, false));
        stage.tell(new Event.DutiesStopped(stage.mine().epoch()));

        stage.wait(A_WHILE);

        assertThat(stage.role()).isEqualTo(Role.STOPPED);
    }

    @Test
    void nodeThatCannotGoOnStopsFromEveryRole() {
        Stage[] stages = {Stage.candidate(), Stage.joining(), Stage.standby(), Stage.elected(), Stage.master(),
            Stage.yielding(STOP)};
        for (Stage stage : stages) {
            stage.tell(new Event.Failed(Farewell.Kind.FAILED, "no"));

            assertThat(stage.role()).isEqualTo(Role.STOPPED);
            assertThat(stage.only(Action.Finish.class).farewell().detail()).isEqualTo("no");
            assertThat(stage.core.wakeAt()).isEmpty();
        }
    }

    /** The clock ran out and the connection was made in the same moment: what was seen last counts. */
    @Test
    void nodeThatReachedZooKeeperIsNotEndedBecauseItHadNot() {
        Event late = new Event.Failed(Farewell.Kind.UNREACHABLE, "not reached");

        assertThat(Stage.joining().tell(late).role()).isEqualTo(Role.JOINING);
        assertThat(Stage.candidate().tell(late).role()).isEqualTo(Role.STOPPED);
    }

    @Test
    void failedMasterIsInvalidBeforeItStops() {
        Stage stage = Stage.master().tell(new Event.Failed(Farewell.Kind.FAILED, "no"));

        assertThat(stage.actions.get(0)).isInstanceOf(Action.RevokeMastership.class);
    }

    @Test
    void deniedWriteEndsTheNode() {
        Stage stage = Stage.standby().answer(ActionKind.ENTER_LATCH, Result.DENIED);

        assertThat(stage.only(Action.Finish.class).farewell().kind()).isEqualTo(Farewell.Kind.DENIED);
    }

    @Test
    void stoppedNodeDoesNothingMore() {
        Stage stage = Stage.joining().tell(STOP);

        stage.see(Sight.leading(stage.incarnation()));

        assertThat(stage.actions).isEmpty();
    }

    @Test
    void disconnectedStandbyDoesNothingAndLosesNothing() {
        Stage stage = Stage.standby();

        stage.see(Sight.registered(stage.incarnation()).withoutPlace().disconnected());

        assertThat(stage.role()).isEqualTo(Role.STANDBY);
        assertThat(stage.actions).isEmpty();
    }

    @Test
    void outstandingActionIsNotRepeatedByAnotherObservation() {
        Stage stage = Stage.joining();
        Sight registered = Sight.connected().admitted(1).live(stage.incarnation(), true);
        stage.see(registered);

        stage.see(registered);

        assertThat(stage.actions).isEmpty();
    }

    @Test
    void latchThatNeverGotItsPlaceIsReplacedInTime() {
        Stage stage = Stage.joining();
        Sight registered = Sight.connected().admitted(1).live(stage.incarnation(), true);
        stage.see(registered).answer(ActionKind.ENTER_LATCH, Result.DONE);

        stage.wait(Duration.ofSeconds(6));

        assertThat(stage.actions).hasExactlyElementsOfTypes(Action.WithdrawLatch.class, Action.EnterLatch.class);
    }

    @Test
    void latchThatOverlooksItsLeadIsReplaced() {
        Stage stage = Stage.standby();
        Sight overlooked = Sight.registered(stage.incarnation()).place(Sight.PLACE, false, true);
        stage.see(overlooked);
        assertThat(stage.actions).isEmpty();
        assertThat(stage.core.wakeAt()).isPresent();

        stage.wait(Duration.ofSeconds(6));

        assertThat(stage.actions).hasExactlyElementsOfTypes(Action.WithdrawLatch.class, Action.EnterLatch.class);
    }

    @Test
    void latchThatQueuesBehindAnotherIsLeftAlone() {
        Stage stage = Stage.standby().wait(Duration.ofMinutes(10));

        assertThat(stage.actions).isEmpty();
    }
}
