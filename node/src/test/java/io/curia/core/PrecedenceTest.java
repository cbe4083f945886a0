package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.CandidacyNotes;
import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.NodeId;
import io.curia.model.Penalty;
import io.curia.model.Priority;
import io.curia.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who gives way to whom in the queue, and for whom a master steps down. */
class PrecedenceTest {

    private static final Instant LATER = Sight.NOON.plus(Duration.ofMinutes(5));

    /** A standby that sees another one reign. */
    private static Stage ruled() {
        Stage stage = Stage.standby();
        return stage.see(ruled(stage));
    }

    private static Sight ruled(Stage stage) {
        return Sight.registered(stage.incarnation()).master(Sight.tenure(Sight.OTHER, Sight.STRANGER, 1), 1, true);
    }

    private static Contender self() {
        return new Contender(Sight.PLACE, Sight.SELF, Priority.DEFAULT,
                Instant.MIN);
    }

    private static Contender other(int priority, boolean preempts, Instant heldBackUntil) {
        return new Contender("other-place", Sight.OTHER, new Priority(priority, preempts), heldBackUntil);
    }

    private static Event order(Contender... contenders) {
        return new Event.OrderSeen(List.of(contenders));
    }

    private static boolean queuesAnew(Stage stage) {
        return stage.all(Action.WithdrawLatch.class).size() == 1 && stage.all(Action.EnterLatch.class).size() == 1;
    }

    private static Sight heldBack(Sight sight) {
        return sight.roster(Sight.entry(1).noted(CandidacyNotes.NONE.withPenalty(
                Optional.of(new Penalty(2, new Epoch(1), "crashed", Sight.NOON, LATER)))));
    }

    @Test
    void lowerPriorityGivesWayToAHigherBehindIt() {
        assertThat(queuesAnew(ruled().tell(order(self(), other(101, false, Instant.MIN))))).isTrue();
    }

    /** Else two whose clocks disagree on whether one of them is held back would go behind each other without end. */
    @Test
    void whoHasJustGoneBehindSomebodyStaysThereForAWhile() {
        Stage stage = ruled().tell(order(self(), other(101, false, Instant.MIN)));
        stage.answer(ActionKind.ENTER_LATCH, Event.Result.DONE);
        String behind = "/curia/demo/latch/latch-0000000007";
        stage.see(ruled(stage).place(behind, false, false));
        Event overtaken = order(new Contender(behind, Sight.SELF, Priority.DEFAULT, Instant.MIN),
                other(101, false, Instant.MIN));

        assertThat(queuesAnew(stage.tell(overtaken))).isFalse();

        assertThat(queuesAnew(stage.wait(Duration.ofSeconds(2)))).isTrue();
    }

    @Test
    void equalsKeepTheirOrder() {
        assertThat(queuesAnew(ruled().tell(order(self(), other(100, true, Instant.MIN))))).isFalse();
    }

    @Test
    void whoeverGoesBeforeIsNoneOfOnesBusiness() {
        assertThat(queuesAnew(ruled().tell(order(other(1000, true, Instant.MIN), self())))).isFalse();
    }

    /** The queue that was seen is an old one: this node has queued anew since. */
    @Test
    void nobodyGivesWayInAQueueThatHeIsNotIn() {
        Contender before = new Contender("/curia/demo/latch/latch-0000000000", Sight.SELF, Priority.DEFAULT,
                Instant.MIN);

        assertThat(queuesAnew(ruled().tell(order(before, other(200, false, Instant.MIN))))).isFalse();
    }

    /** It may be the one that has just stepped down, and this node the one that it handed over to. */
    @Test
    void nobodyGivesWayWhileNobodyReigns() {
        Stage stage = ruled();
        stage.see(Sight.registered(stage.incarnation()).master(
                Sight.ended(Sight.tenure(Sight.OTHER, Sight.STRANGER, 1), Cause.SWITCHOVER, true), 2, true));

        assertThat(queuesAnew(stage.tell(order(self(), other(200, false, Instant.MIN))))).isFalse();
    }

    /** The one behind may be the one that has just stepped down. */
    @Test
    void whoLeadsGivesWayToNobody() {
        Stage stage = Stage.elected().tell(order(self(), other(200, true, Instant.MIN)));

        assertThat(stage.role()).isEqualTo(Role.ELECTED);
    }

    @Test
    void whoIsHeldBackGivesWayToLowerPriorities() {
        Stage stage = ruled();
        stage.see(heldBack(ruled(stage)));

        assertThat(queuesAnew(stage.tell(order(self(), other(1, false, Instant.MIN))))).isTrue();
    }

    @Test
    void nobodyGivesWayToAHigherPriorityThatIsHeldBackUntilItIsNot() {
        Stage stage = ruled();

        assertThat(queuesAnew(stage.tell(order(self(), other(200, false, LATER))))).isFalse();

        assertThat(stage.core.wakeAt()).isPresent();
        assertThat(queuesAnew(stage.tell(order(self(), other(200, false, Sight.NOON))))).isTrue();
    }

    @Test
    void masterStaysThoughAHigherPriorityWaits() {
        Stage stage = Stage.master().tell(order(self(), other(200, false, Instant.MIN)));
        stage.tell(new Event.Renewed(stage.mine().claimId(), stage.nanos() + Duration.ofMinutes(1).toNanos()));

        stage.wait(Duration.ofSeconds(11));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
    }

    @Test
    void masterStepsDownForAPreemptingOneThatHasWaitedNextInTheQueue() {
        Stage stage = Stage.master().tell(order(self(), other(200, true, Instant.MIN)));
        stage.tell(new Event.Renewed(stage.mine().claimId(), stage.nanos() + Duration.ofMinutes(1).toNanos()));
        stage.wait(Duration.ofSeconds(9));
        assertThat(stage.role()).isEqualTo(Role.MASTER);

        stage.wait(Duration.ofSeconds(2));

        assertThat(stage.role()).isEqualTo(Role.YIELDING);
        assertThat(stage.only(Action.StopDuties.class).reason()).isEqualTo("gives way to n2, of priority 200");
    }

    @Test
    void nobodyPreemptsFromBehindAnotherOrWhileHeldBack() {
        Stage stage = Stage.master();
        stage.tell(new Event.Renewed(stage.mine().claimId(), stage.nanos() + Duration.ofMinutes(1).toNanos()));
        Contender third = new Contender("third", NodeId.of("n3"), Priority.DEFAULT,
                Instant.MIN);

        stage.tell(order(self(), third, other(200, true, Instant.MIN))).wait(Duration.ofSeconds(11));
        stage.tell(order(self(), other(200, true, LATER))).wait(Duration.ofSeconds(11));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
    }
}
