package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a person is asked, what is shown first, and what their answer binds. */
class PromptTest {

    private final Desk desk = Desk.ofThree();

    @Test
    void whereNobodyCanBeAskedNothingIsDoneWithoutYes() {
        assertThat(desk.run("evict", "n3")).isEqualTo(7);

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains("add --yes");
        assertThat(desk.printed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"y", "Y", " yes "})
    void agreementEvicts(String answer) {
        desk.terminal.answering(answer);

        assertThat(desk.run("evict", "n3")).as(desk.said()).isZero();

        assertThat(desk.store.writes()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n", "no", "x", "yess"})
    void anythingElseChangesNothing(String answer) {
        desk.terminal.answering(answer);

        assertThat(desk.run("evict", "n3")).isEqualTo(7);

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains("nothing was changed");
    }

    @Test
    void theEndOfInputIsNoAgreement() {
        desk.terminal.answering();

        assertThat(desk.run("evict", "n3")).isEqualTo(7);
    }

    @Test
    void whatWillBeTouchedIsShownBeforeTheQuestionAndOnStderr() {
        desk.terminal.answering("n");
        desk.run("evict", "n1", "--ban", "1h", "-o", "json");

        assertThat(desk.said()).containsSubsequence("evict for 1h", "one of n2, n3", "n1", "MASTER", "Go on? [y/N]");
        assertThat(desk.printed()).isEmpty();
    }

    /** The end of the epoch agreed to is what was asked for, not a change that somebody else made. */
    @Test
    void agreementHoldsThoughTheSuccessorIsThereBeforeAnotherLook() {
        desk.terminal.answering("y");
        desk.store.afterWrite(() -> desk.cluster.elect("n2"));

        assertThat(desk.run("evict", "n1")).as(desk.said()).isZero();

        assertThat(desk.said()).contains("evicted n1 until readmitted; the new master is n2, epoch 2");
    }

    @Test
    void agreementDoesNotReachBeyondTheEpochThatWasShown() {
        desk.terminal.answering("y").whileAsking(() -> {
            desk.cluster.crash("n1");
            desk.cluster.elect("n3");
        });

        assertThat(desk.run("evict", "n3")).isEqualTo(7);

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains("epoch 2, not 1");
    }

    @Test
    void yesAsksNothing() {
        desk.terminal.answering();

        assertThat(desk.run("evict", "n3", "--yes")).isZero();

        assertThat(desk.said()).doesNotContain("[y/N]");
    }
}
