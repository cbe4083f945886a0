package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Event.Result;
import io.curia.model.Cause;
import io.curia.model.Role;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a node ends: asked to, barred, or unable to go on; the rows of {@link NodeCore}'s table that lead out of it. */
class FarewellTest {

    private static final Event STOP = new Event.StopRequested("maintenance");
    private static final Duration A_WHILE = Duration.ofSeconds(3);

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
}
