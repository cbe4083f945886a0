package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Epoch;
import io.curia.model.Role;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keeping mastership, and losing it: the rows of {@link NodeCore}'s table that touch a master. */
class MasteryTest {

    private static final Duration HALF_GUARD = Sight.GUARD.dividedBy(2);

    @Test
    void masterRenewsLongBeforeItsGuardRunsOut() {
        Stage stage = Stage.master().wait(Sight.GUARD.dividedBy(4));

        Action.Renew renew = stage.only(Action.Renew.class);
        assertThat(renew.masterVersion()).isEqualTo(1);
        assertThat(renew.issuedNanos()).isEqualTo(stage.nanos());
    }

    @Test
    void renewalExtendsValidityFromItsSending() {
        Stage stage = Stage.master().wait(HALF_GUARD);
        Action.Renew renew = stage.only(Action.Renew.class);

        stage.pass(Duration.ofMillis(700)).tell(new Event.Renewed(renew.tenure().claimId(), renew.issuedNanos()));

        assertThat(stage.only(Action.ExtendMastership.class).validUntilNanos() - renew.issuedNanos())
                .isEqualTo(Sight.GUARD.toNanos());
    }

    @Test
    void olderRenewalNeverShortensValidity() {
        Stage stage = Stage.master();
        String claimId = stage.mine().claimId();
        long now = stage.nanos();
        stage.tell(new Event.Renewed(claimId, now));

        stage.tell(new Event.Renewed(claimId, now - 1000));

        assertThat(stage.only(Action.ExtendMastership.class).validUntilNanos() - now)
                .isEqualTo(Sight.GUARD.toNanos());
    }

    @Test
    void renewalOfAnotherClaimExtendsNothing() {
        assertThat(Stage.master().tell(new Event.Renewed("another", 0)).actions).isEmpty();
    }

    @Test
    void blipShorterThanTheGuardChangesNothing() {
        Stage stage = Stage.master();

        stage.pass(HALF_GUARD).see(stage.reigning().disconnected());
        assertThat(stage.role()).isEqualTo(Role.MASTER);
        stage.see(stage.reigning());

        assertThat(stage.roles()).isEmpty();
        assertThat(stage.all(Action.RevokeMastership.class)).isEmpty();
    }

    /** LeaderLatch says after a reconnect that it does not lead, until it has looked. */
    @Test
    void placeThatStandsIsEnoughWhateverTheLatchSaysOfLeading() {
        Stage stage = Stage.master();

        stage.see(Sight.registered(stage.incarnation()).master(stage.mine(), 1, true));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
    }

    @Test
    void masterWhoseGuardRanOutIsInvalidAtOnce() {
        Stage stage = Stage.master().wait(Sight.GUARD);

        assertThat(stage.roles()).startsWith(Role.YIELDING);
        assertThat(stage.actions.get(0)).isInstanceOf(Action.RevokeMastership.class);
        assertThat(stage.only(Action.StopDuties.class).planned()).isFalse();
    }

    @Test
    void masterThatLostItsRegistrationYields() {
        Stage stage = Stage.master();

        stage.see(stage.reigning().unregistered());

        assertUnplannedLoss(stage);
    }

    @Test
    void masterThatLostItsPlaceYields() {
        Stage stage = Stage.master();

        stage.see(stage.reigning().withoutPlace());

        assertUnplannedLoss(stage);
    }

    @Test
    void masterWhoseLatchHasAnotherPlaceNowYields() {
        Stage stage = Stage.master();

        stage.see(stage.reigning().place(Sight.PLACE + "2", true, true));

        assertUnplannedLoss(stage);
    }

    @Test
    void masterWhoseRecordMovedYields() {
        Stage stage = Stage.master();

        stage.see(Sight.leading(stage.incarnation())
                .master(Sight.tenure(Sight.OTHER, Sight.STRANGER, 2), 2, true));

        assertUnplannedLoss(stage);
    }

    @Test
    void barredMasterYields() {
        Stage stage = Stage.master();

        stage.see(stage.reigning().evicted(2, Optional.empty()));

        assertUnplannedLoss(stage);
    }

    @Test
    void masterWhoseRenewalIsRefusedYields() {
        Stage stage = Stage.master();

        stage.tell(new Event.RenewalRefused(stage.mine().claimId(), "place gone"));

        assertUnplannedLoss(stage);
    }

    @Test
    void refusedRenewalOfAnEarlierClaimIsNothing() {
        assertThat(Stage.master().tell(new Event.RenewalRefused("earlier", "")).role()).isEqualTo(Role.MASTER);
    }

    private static void assertUnplannedLoss(Stage stage) {
        assertThat(stage.roles()).startsWith(Role.YIELDING);
        assertThat(stage.only(Action.RevokeMastership.class).epoch()).isEqualTo(new Epoch(1));
        assertThat(stage.only(Action.StopDuties.class).planned()).isFalse();
    }

    /** An observation read before the claim was committed shows an older record; it is not a loss. */
    @Test
    void observationOlderThanTheClaimIsNoLoss() {
        Stage stage = Stage.elected();
        stage.tell(stage.claimed());

        stage.see(Sight.leading(stage.incarnation()));

        assertThat(stage.role()).isEqualTo(Role.MASTER);
    }
}
