package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.curia.core.Bar.Reason;
import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.Role;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The application's word before a promotion. */
class PermissionTest {

    private final Stage stage = Stage.asked();
    private final Action.AskPermission ask = stage.only(Action.AskPermission.class);

    private Stage answer(Optional<String> objection) {
        return stage.tell(new Event.PermissionAnswered(ask.askId(), objection));
    }

    @Test
    void whoIsToBeAskedClaimsNothingBeforeTheAnswer() {
        assertThat(stage.role()).isEqualTo(Role.ELECTED);
        assertThat(ask.next()).isEqualTo(new Epoch(1));
        assertThat(ask.cause()).isEqualTo(Cause.FIRST);
        assertThat(stage.all(Action.Claim.class)).isEmpty();
        assertThat(stage.wait(Duration.ofSeconds(5)).all(Action.Claim.class)).isEmpty();
    }

    @Test
    void aYesIsFollowedByTheClaimAtOnce() {
        answer(Optional.empty());

        assertThat(stage.only(Action.Claim.class).tenure().epoch()).isEqualTo(new Epoch(1));
        assertThat(stage.tell(stage.claimed()).role()).isEqualTo(Role.MASTER);
    }

    @Test
    void aNoGivesThePlaceToSomebodyElseAndKeepsOutOfTheQueueForAWhile() {
        answer(Optional.of("disk is full"));

        assertThat(stage.role()).isEqualTo(Role.STANDBY);
        assertThat(stage.all(Action.Claim.class)).isEmpty();
        stage.only(Action.WithdrawLatch.class);
        assertThat(stage.core.bars()).extracting(Bar::reason, Bar::detail)
                .containsExactly(tuple(Reason.VETOED, "not promoted: disk is full"));
    }

    @Test
    void anAnswerToAnotherQuestionIsNone() {
        stage.tell(new Event.PermissionAnswered("another", Optional.empty()));

        assertThat(stage.all(Action.Claim.class)).isEmpty();
    }

    @Test
    void aQuestionThatWasLostIsPutAgainAndIsTheSame() {
        Action.AskPermission again = stage.wait(Duration.ofSeconds(11)).only(Action.AskPermission.class);

        assertThat(again).isEqualTo(ask);
    }

    @Test
    void whoLostTheLeadMeanwhileIsAskedAgainWhenItHasItBack() {
        stage.see(Sight.registered(stage.incarnation()));
        answer(Optional.empty());
        assertThat(stage.all(Action.Claim.class)).isEmpty();

        stage.see(Sight.leading(stage.incarnation()));

        assertThat(stage.only(Action.AskPermission.class).askId()).isNotEqualTo(ask.askId());
        assertThat(stage.all(Action.Claim.class)).isEmpty();
    }

    @Test
    void aPermissionThatCouldNotBeUsedForLongIsAskedForAgain() {
        answer(Optional.empty());
        stage.answer(ActionKind.CLAIM, Event.Result.UNKNOWN);

        Action.AskPermission again = stage.wait(Permission.GOOD_FOR.plusSeconds(1)).only(Action.AskPermission.class);

        assertThat(again.askId()).isNotEqualTo(ask.askId());
        assertThat(stage.all(Action.Claim.class)).isEmpty();
    }

    @Test
    void whoIsNotToBeAskedClaimsAtOnce() {
        Stage plain = Stage.elected();

        assertThat(plain.all(Action.AskPermission.class)).isEmpty();
        plain.only(Action.Claim.class);
    }
}
