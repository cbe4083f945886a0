package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Event.Result;
import io.curia.model.MemberKind;
import io.curia.model.RefusalReason;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a node gets registered: whom it asks, what it writes itself, and when it gives up. */
class AdmissionTest {

    private static final Event NOBODY = new Event.NobodyAnswered("no answer from 127.0.0.1:8001");

    private static Stage seeded(boolean makeMasterOnError) {
        return new Stage(MemberKind.CANDIDATE, true, makeMasterOnError).see(Sight.connected().admitted(1));
    }

    @Test
    void admittedNodeRegistersWithoutAsking() {
        Stage stage = Stage.candidate().see(Sight.connected().admitted(4));

        assertThat(stage.only(Action.Register.class).entry().version()).isEqualTo(4);
        assertThat(stage.all(Action.AskToJoin.class)).isEmpty();
    }

    @Test
    void unknownNodeAsksAMember() {
        Stage stage = Stage.joining();

        assertThat(stage.only(Action.AskToJoin.class).incarnation()).isEqualTo(stage.incarnation());
    }

    @Test
    void acceptedNodeRegistersOnceItsAdmissionIsSeen() {
        Stage stage = Stage.joining().tell(new Event.JoinAccepted());
        assertThat(stage.all(Action.AdmitSelf.class)).as("the sponsor wrote it").isEmpty();

        stage.see(Sight.connected().admitted(0));

        assertThat(stage.all(Action.Register.class)).hasSize(1);
    }

    @Test
    void unknownNodeAdmitsItselfWhereNobodyIs() {
        Stage stage = Stage.joining().tell(NOBODY);

        assertThat(stage.only(Action.AdmitSelf.class).entry().version()).isEqualTo(RosterEntry.NOT_STORED);
    }

    @Test
    void nodeToldWhomToAskAsksEvenIfAdmitted() {
        Stage stage = seeded(false);

        assertThat(stage.actions).hasAtLeastOneElementOfType(Action.AskToJoin.class);
        assertThat(stage.all(Action.Register.class)).isEmpty();
    }

    @Test
    void nodeToldWhomToAskGivesUpWhenNobodyAnswersForLong() {
        Stage stage = seeded(false).tell(NOBODY);
        assertThat(stage.role()).isEqualTo(Role.JOINING);

        stage.wait(Duration.ofSeconds(6));

        assertThat(stage.only(Action.Finish.class).farewell())
                .isEqualTo(Farewell.of(Farewell.Kind.NO_PEER, "no answer from 127.0.0.1:8001"));
    }

    @Test
    void nodeToldWhomToAskGoesOnAloneIfItMay() {
        Stage stage = seeded(true).tell(NOBODY);

        assertThat(stage.all(Action.Register.class)).hasSize(1);
    }

    @Test
    void nodeThatFindsItsIdTakenAsksAMemberWhoThatIs() {
        Stage stage = Stage.candidate().see(Sight.connected().admitted(1).live(Sight.STRANGER, false));

        assertThat(stage.actions).hasAtLeastOneElementOfType(Action.AskToJoin.class);
        assertThat(stage.all(Action.Register.class)).isEmpty();
    }

    @Test
    void ghostIsWaitedForAndThenReplaced() {
        Stage stage = Stage.candidate().see(Sight.connected().admitted(1).live(Sight.STRANGER, false))
                .tell(new Event.JoinAccepted());
        assertThat(stage.actions).isEmpty();

        stage.see(Sight.connected().admitted(1));

        assertThat(stage.all(Action.Register.class)).hasSize(1);
    }

    @Test
    void ghostThatOutlivesTwoSessionsIsADuplicate() {
        Stage stage = Stage.candidate().see(Sight.connected().admitted(1).live(Sight.STRANGER, false))
                .tell(new Event.JoinAccepted());

        stage.wait(Sight.SESSION.multipliedBy(2).plusSeconds(3));

        assertThat(stage.only(Action.Finish.class).farewell().refusal()).contains(RefusalReason.DUPLICATE_ID);
    }

    @Test
    void refusedRegistrationIsTriedAgainAfterAPause() {
        Stage stage = Stage.candidate().see(Sight.connected().admitted(1))
                .answer(ActionKind.REGISTER, Result.CONFLICT);
        assertThat(stage.actions).isEmpty();

        stage.pass(Duration.ofMillis(50)).see(Sight.connected().admitted(2));

        assertThat(stage.only(Action.Register.class).entry().version()).isEqualTo(2);
    }

    @Test
    void memberThatRegistersAgainInTheSameRunNeedsNobodysLeave() {
        Stage stage = seeded(true).tell(NOBODY);
        stage.see(Sight.registered(stage.incarnation()));

        stage.see(Sight.connected().admitted(2));

        assertThat(stage.all(Action.Register.class)).hasSize(1);
        assertThat(stage.all(Action.AskToJoin.class)).isEmpty();
    }

    @Test
    void nodeWhoseBanEndedReadmitsItselfWhereNobodyIs() {
        Stage stage = Stage.candidate().see(Sight.connected().evicted(2, Optional.of(Sight.NOON))).tell(NOBODY);

        assertThat(stage.only(Action.AdmitSelf.class).entry().version()).isEqualTo(2);
        assertThat(stage.only(Action.AdmitSelf.class).entry().standing()).isEqualTo(RosterEntry.Standing.ADMITTED);
    }
}
