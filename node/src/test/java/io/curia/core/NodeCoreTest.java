package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Event.Result;
import io.curia.model.Incarnation;
import io.curia.model.MemberKind;
import io.curia.model.RefusalReason;
import io.curia.model.Role;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The transition table of {@link NodeCore}, edge by edge; mastership's own are in {@link ClaimTest},
 * {@link MasteryTest} and {@link YieldingTest}, those that end a node in {@link FarewellTest}.
 */
class NodeCoreTest {

    private static final Event STOP = new Event.StopRequested("maintenance");

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
