package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever is to follow is asked first whether it is there: one that is frozen keeps its place in the queue. */
class PresenceTest {

    private static final NodeId THIRD = HandoverTest.THIRD;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Event SILENCE = new Event.HeirAnswered(THIRD, 0, Optional.of("does not answer"));

    /** A master that is asked to hand over, while this is the queue. */
    private static Stage asked(NodeId... queue) {
        return see(Stage.master(), HandoverTest.toThird(), queue);
    }

    private static Stage see(Stage stage, Switchover wish, NodeId... queue) {
        return stage.see(stage.reigning().switchover(wish).queueing(queue));
    }

    /** It answers to what it was asked this very moment. */
    private static Stage answer(Stage stage) {
        return stage.tell(new Event.HeirAnswered(THIRD, stage.nanos(), Optional.empty()));
    }

    private static NodeId heirAsked(Stage stage) {
        return stage.only(Action.AskHeir.class).heir();
    }

    @Test
    void dutiesStopOnceWhoeverIsNextHasAnswered() {
        Stage stage = asked(Sight.SELF, THIRD);
        assertThat(heirAsked(stage)).isEqualTo(THIRD);
        assertThat(stage.role()).isEqualTo(Role.MASTER);

        answer(stage);

        assertThat(stage.role()).isEqualTo(Role.YIELDING);
    }

    @Test
    void isAskedWhileOthersMakeRoomForItAndNotAgainThen() {
        Stage stage = asked(Sight.SELF, Sight.OTHER, THIRD);
        assertThat(heirAsked(stage)).isEqualTo(THIRD);

        answer(stage);
        see(stage, HandoverTest.toThird(), Sight.SELF, THIRD, Sight.OTHER);

        assertThat(stage.all(Action.AskHeir.class)).isEmpty();
        assertThat(stage.role()).isEqualTo(Role.YIELDING);
    }

    @Test
    void anAnswerIsGoodForAMoment() {
        Stage stage = answer(asked(Sight.SELF, Sight.OTHER, THIRD));
        stage.pass(Presence.GOOD_FOR);

        see(stage, HandoverTest.toThird(), Sight.SELF, THIRD, Sight.OTHER);
        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(heirAsked(stage)).isEqualTo(THIRD);

        answer(stage);
        assertThat(stage.role()).isEqualTo(Role.YIELDING);
    }

    /** Until this process goes on, the answer of one that stands still by then waits to be heard. */
    @Test
    void anAnswerIsAsOldAsItsQuestion() {
        Stage stage = asked(Sight.SELF, THIRD);
        long issued = stage.only(Action.AskHeir.class).issuedNanos();
        stage.pass(Presence.GOOD_FOR);

        stage.tell(new Event.HeirAnswered(THIRD, issued, Optional.empty()));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(stage.only(Action.AskHeir.class).issuedNanos()).isEqualTo(stage.nanos());
        assertThat(answer(stage).role()).isEqualTo(Role.YIELDING);
    }

    @Test
    void whoHasNotAnsweredIsAskedAgainAfterAPause() {
        Stage stage = asked(Sight.SELF, THIRD).tell(SILENCE);
        assertThat(stage.actions).isEmpty();
        assertThat(stage.core.wakeAt().orElseThrow() - stage.nanos()).isLessThanOrEqualTo(PAUSE.toNanos());

        assertThat(heirAsked(stage.wait(PAUSE))).isEqualTo(THIRD);

        answer(stage);
        assertThat(stage.role()).isEqualTo(Role.YIELDING);
    }

    @Test
    void whoDoesNotAnswerForAWhileIsNotWaitedFor() {
        Stage stage = asked(Sight.SELF, THIRD).tell(SILENCE);
        for (Duration waited = PAUSE; waited.compareTo(Presence.PATIENCE) < 0; waited = waited.plus(PAUSE)) {
            stage.wait(PAUSE).tell(SILENCE);
            assertThat(stage.all(Action.Settle.class)).isEmpty();
        }

        stage.wait(PAUSE);

        Switchover.Outcome outcome = HandoverTest.outcome(stage.only(Action.Settle.class));
        assertThat(outcome.end()).isEqualTo(End.TARGET_GONE);
        assertThat(outcome.detail()).isEqualTo("n3 does not answer");
        assertThat(stage.role()).isEqualTo(Role.MASTER);
    }

    @Test
    void whoeverIsNextIsAskedWhereNobodyIsNamed() {
        Stage stage = see(Stage.master(), HandoverTest.wish(Optional.empty(), Sight.NOON, false), Sight.SELF,
                Sight.OTHER, THIRD);

        assertThat(heirAsked(stage)).isEqualTo(Sight.OTHER);
    }

    @Test
    void theAnswerOfAnotherSaysNothing() {
        Stage stage = asked(Sight.SELF, THIRD).tell(new Event.HeirAnswered(Sight.OTHER, 0, Optional.empty()));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
        assertThat(heirAsked(stage)).isEqualTo(THIRD);
    }

    @Test
    void whoDoesNotQueueIsNotAsked() {
        Stage stage = asked(Sight.SELF, Sight.OTHER);

        assertThat(stage.all(Action.AskHeir.class)).isEmpty();
    }

    /** Else the next switchover would end before anybody was asked. */
    @Test
    void silenceOfLongAgoIsForgotten() {
        Stage stage = asked(Sight.SELF, THIRD).tell(SILENCE);
        stage.pass(Presence.GOOD_FOR.plusMillis(1));

        see(stage, HandoverTest.toThird(), Sight.SELF, THIRD);
        assertThat(stage.all(Action.Settle.class)).isEmpty();
        stage.tell(SILENCE);
        assertThat(stage.all(Action.Settle.class)).isEmpty();

        assertThat(answer(stage.wait(PAUSE)).role()).isEqualTo(Role.YIELDING);
    }
}
