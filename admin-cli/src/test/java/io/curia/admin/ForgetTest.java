package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.NodeId;
import io.curia.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes struck off the roster: only who is down, only as seen, only if confirmed. */
class ForgetTest {

    private final Desk desk = Desk.ofThree();

    @BeforeEach
    void twoAreDown() {
        desk.cluster.join("n8");
        desk.cluster.join("n9");
        desk.cluster.crash("n8");
        desk.cluster.crash("n9");
    }

    private boolean isListed(String id) {
        return desk.cluster.store().roster(NodeId.of(id)).isPresent();
    }

    @Test
    void whoIsDownIsForgottenAndNotListedAnyMore() {
        assertThat(desk.run("forget", "n8", "n9", "--yes", "-o", "name")).as(desk.said()).isZero();

        assertThat(desk.printed()).isEqualTo("n1\nn2\nn3\n");
        assertThat(desk.said()).isEqualTo("forgot n8, n9\n");
    }

    @Test
    void whoItIsAboutIsShownAndSomebodyMustAgree() {
        desk.terminal.answering("n");

        assertThat(desk.run("forget", "n8")).isEqualTo(7);

        assertThat(desk.said()).contains("n8", "DOWN", "Go on? [y/N]").doesNotContain("n9  ");
        assertThat(isListed("n8")).isTrue();
        Desk agreed = new Desk(desk);
        agreed.terminal.answering("yes");
        assertThat(agreed.run("forget", "n8")).isZero();
        assertThat(isListed("n8")).isFalse();
    }

    @Test
    void withoutAPersonItNeedsYes() {
        assertThat(desk.run("forget", "n8")).isEqualTo(7);

        assertThat(desk.said()).contains("add --yes");
    }

    @Test
    void whoIsLiveOrEvictedIsNotForgotten() {
        desk.cluster.evict("n9", "ann", "");

        assertThat(desk.run("forget", "n2", "--yes")).isEqualTo(7);
        assertThat(desk.said()).contains("nothing was changed: n2 is live");
        Desk other = new Desk(desk);
        assertThat(other.run("forget", "n9", "--yes")).isEqualTo(7);
        assertThat(other.said()).contains("n9 is evicted", "readmit");
        assertThat(isListed("n9")).isTrue();
    }

    @Test
    void whoIsNotThereIsFiveAndNobodyElseIsForgotten() {
        assertThat(desk.run("forget", "n8", "zz", "--yes")).isEqualTo(5);

        assertThat(isListed("n8")).isTrue();
    }

    @Test
    void whoRegistersMeanwhileIsSpared() {
        desk.store.beforeWrite(() -> desk.cluster.join("n8"));

        assertThat(desk.run("forget", "n8", "--yes")).isEqualTo(7);

        assertThat(desk.said()).contains("n8 is live");
        assertThat(isListed("n8")).isTrue();
    }

    @Test
    void aLostAnswerOfADoneForgettingIsSuccess() {
        desk.store.afterWrite(ScriptedStore.failing(StoreException.Kind.UNKNOWN_RESULT));

        assertThat(desk.run("forget", "n8", "--yes")).as(desk.said()).isZero();
    }

    @Test
    void aLostAnswerOfAnUndoneForgettingIsTriedAgain() {
        desk.store.beforeWrite(ScriptedStore.failing(StoreException.Kind.UNKNOWN_RESULT));

        assertThat(desk.run("forget", "n8", "--yes")).as(desk.said()).isZero();

        assertThat(isListed("n8")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DENIED", "UNAVAILABLE"})
    void whatTheStoreRefusesChangesNothing(StoreException.Kind kind) {
        desk.store.beforeWrite(ScriptedStore.failing(kind));

        assertThat(desk.run("forget", "n8", "--yes")).isEqualTo(kind == StoreException.Kind.DENIED ? 4 : 3);
    }
}
