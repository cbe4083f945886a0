package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.curia.core.Bar.Reason;
import io.curia.model.CandidacyNotes;
import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import io.curia.model.Veto;
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
    void aNoIsNotedInTheRosterForEverybody() {
        answer(Optional.of("disk is full"));

        Veto noted = stage.only(Action.Note.class).entry().notes().veto().orElseThrow();
        assertThat(noted).isEqualTo(new Veto("disk is full", Sight.NOON, Sight.NOON.plus(Permission.FIRST_REST)));
    }

    /** A write of its own would move the version that the claim is to check. */
    @Test
    void aYesAfterANoIsClaimedOnAtOnceAndTheNoIsTakenBackByTheMaster() {
        answer(Optional.of("disk is full"));
        Veto no = stage.only(Action.Note.class).entry().notes().veto().orElseThrow();
        RosterEntry noted = Sight.entry(2).noted(CandidacyNotes.NONE.withVeto(Optional.of(no)));
        stage.see(Sight.registered(stage.incarnation()).withoutPlace().roster(noted)).until(no.until());
        Action.AskPermission again = stage.see(Sight.leading(stage.incarnation()).roster(noted))
                .only(Action.AskPermission.class);

        stage.tell(new Event.PermissionAnswered(again.askId(), Optional.empty()));

        stage.only(Action.Claim.class);
        assertThat(stage.all(Action.Note.class)).isEmpty();
        assertThat(stage.tell(stage.claimed()).settle().only(Action.Note.class).entry().notes().veto()).isEmpty();
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
