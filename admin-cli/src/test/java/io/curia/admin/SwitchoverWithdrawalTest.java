package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import io.curia.store.StoreException;
import org.junit.jupiter.api.Test;

/** How a switchover that was asked for is withdrawn, and when it is too late for that. */
class SwitchoverWithdrawalTest {

    private final Desk desk = Desk.ofThree();

    private Switchover asked() {
        return desk.cluster.store().intents().switchover().what().orElseThrow();
    }

    @Test
    void withdrawnByAnotherIsSaidAtOnce() {
        desk.time.then(() -> new Withdrawal(desk.cluster.store(), desk.time, "bob").attempt(wish -> true, "no"));

        assertThat(desk.run("switchover", "--to", "n3", "--yes")).isEqualTo(8);

        assertThat(desk.said()).contains("CANCELLED by bob: no");
    }

    @Test
    void whoeverWaitsNoMoreWithdrawsWhatWasAskedFor() {
        desk.time.then(() -> { }).thenInterrupt();

        assertThat(desk.run("switchover", "--to", "n3", "--yes")).isEqualTo(130);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(asked().outcome().orElseThrow().end()).isEqualTo(End.CANCELLED);
        assertThat(asked().outcome().orElseThrow().detail()).isEqualTo("interrupted");
        assertThat(desk.said()).contains("interrupted: withdrew the switchover to n3 asked for by ann@desk");
    }

    /** A call of the store that is interrupted fails as one that did not get through. */
    @Test
    void anInterruptionWhileTheStoreIsAskedIsOneToo() {
        desk.store.afterWrite(() -> {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Kind.UNKNOWN_RESULT, "interrupted");
        });

        assertThat(desk.run("step-down", "--yes")).isEqualTo(130);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(asked().outcome().orElseThrow().end()).isEqualTo(End.CANCELLED);
    }

    @Test
    void whatHasHappenedAlreadyIsNotWithdrawn() {
        desk.time.then(() -> {
            desk.cluster.handOver("n3");
            Thread.currentThread().interrupt();
        });

        assertThat(desk.run("switchover", "--to", "n3", "--yes")).isEqualTo(130);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(asked().outcome().orElseThrow().end()).isEqualTo(End.HANDED_OVER);
        assertThat(desk.said()).contains("interrupted: too late to withdraw it: n3 is master, epoch 2");
    }

    /** Its master is put out already: without the wish just anybody would follow. */
    @Test
    void aForcedOneWhoseMasterWasPutOutIsNotWithdrawn() {
        desk.store.afterWrite(() -> { });
        desk.store.afterWrite(() -> desk.time.thenInterrupt());

        assertThat(desk.run("switchover", "--to", "n3", "--yes", "--force")).isEqualTo(130);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(asked().pending()).isTrue();
        assertThat(desk.said()).contains("too late to withdraw it: n1 is master no more");
    }

    @Test
    void whatCannotBeWithdrawnIsSaidToBeOpen() {
        desk.time.then(() -> {
            desk.cluster.reachable(false);
            Thread.currentThread().interrupt();
        });

        assertThat(desk.run("switchover", "--to", "n3", "--yes")).isEqualTo(130);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(desk.said()).contains("it could not be withdrawn",
                "may or may not happen until 2026-01-31T12:00:35Z",
                "switchover --cancel");
    }

    @Test
    void pendingSwitchoverIsWithdrawn() {
        desk.run("switchover", "--to", "n3", "--at", "2099-01-01T00:00:00Z", "--yes");

        assertThat(desk.run("switchover", "--cancel", "--reason", "not tonight")).as(desk.said()).isZero();

        assertThat(asked().outcome().orElseThrow().end()).isEqualTo(End.CANCELLED);
        assertThat(asked().outcome().orElseThrow().detail()).isEqualTo("not tonight");
        assertThat(desk.said()).contains("withdrew the switchover to n3", "the master is n1");
    }

    @Test
    void nothingPendingIsNothingToWithdraw() {
        assertThat(desk.run("switchover", "--cancel")).isZero();

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains("no switchover is pending");
    }

    @Test
    void withdrawalThatCameTooLateIsRefused() {
        desk.run("switchover", "--to", "n3", "--at", "2099-01-01T00:00:00Z", "--yes");
        desk.store.beforeWrite(() -> desk.cluster.handOver("n3"));

        assertThat(desk.run("switchover", "--cancel")).isEqualTo(7);

        assertThat(asked().outcome().orElseThrow().end()).isEqualTo(End.HANDED_OVER);
        assertThat(desk.said()).contains("too late");
    }
}
