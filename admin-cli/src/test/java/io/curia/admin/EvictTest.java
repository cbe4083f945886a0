package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.Ending;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.store.StoreException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code evict} does to the records, what it refuses to do, and what it claims to have done. */
class EvictTest {

    private final Desk desk = Desk.ofThree();

    @Test
    void anEvictedStandbyIsOutAndTheMembersAreShown() {
        assertThat(desk.run("evict", "n3", "--yes", "--reason", "disk failing")).as(desk.said()).isZero();

        RosterEntry entry = entry("n3");
        assertThat(entry.standing()).isEqualTo(RosterEntry.Standing.EVICTED);
        assertThat(entry.actor()).isEqualTo("ann@desk");
        assertThat(entry.reason()).isEqualTo("disk failing");
        assertThat(entry.until()).isEmpty();
        assertThat(desk.cluster.store().live(NodeId.of("n3"))).isEmpty();
        assertThat(desk.said()).contains("evicted n3 until readmitted");
        assertThat(desk.printed()).containsPattern("n3 +EVICTED").containsPattern("n1 +LIVE +MASTER");
    }

    @Test
    void aBanEndsByItself() {
        desk.run("evict", "n3", "--yes", "--ban", "1h");

        assertThat(entry("n3").until()).contains(desk.time.now().plus(Duration.ofHours(1)));
    }

    @Test
    void anEvictedMasterHasItsTenureEndedInTheSameTransaction() {
        desk.time.then(() -> desk.cluster.elect("n2"));

        assertThat(desk.run("evict", "n1", "--yes", "--reason", "stuck")).as(desk.said()).isZero();

        assertThat(desk.store.writes()).isEqualTo(1);
        assertThat(desk.said()).contains("the new master is n2, epoch 2");
    }

    @Test
    void theEndingOfATenureNamesTheOperatorAndIsUnconfirmed() {
        desk.time.then(() -> {
            Ending ending = desk.cluster.store().master().tenure().orElseThrow().ending().orElseThrow();
            assertThat(ending.cause()).isEqualTo(Cause.EVICTED);
            assertThat(ending.confirmed()).isFalse();
            assertThat(ending.actor()).isEqualTo("ops");
            assertThat(ending.reason()).isEqualTo("stuck");
            desk.cluster.elect("n2");
        });

        assertThat(desk.run("evict", "n1", "--yes", "--reason", "stuck", "--actor", "ops")).isZero();
    }

    @Test
    void evictingTheMasterIsNotConfirmedWithoutAnotherMaster() {
        assertThat(desk.run("evict", "n1", "--yes", "--timeout", "2s")).isEqualTo(8);

        assertThat(desk.said()).contains("no master follows epoch 1 yet").contains("within 2s");
        assertThat(entry("n1").standing()).isEqualTo(RosterEntry.Standing.EVICTED);
    }

    @Test
    void severalVictimsGoTheMasterLast() {
        desk.store.beforeWrite(() -> assertThat(entry("n3").standing()).isEqualTo(RosterEntry.Standing.ADMITTED));
        desk.store.beforeWrite(() -> assertThat(entry("n3").standing()).isEqualTo(RosterEntry.Standing.EVICTED));
        desk.time.then(() -> desk.cluster.elect("n2"));

        assertThat(desk.run("evict", "n1", "n3", "--yes")).as(desk.said()).isZero();

        assertThat(desk.said()).contains("evicted n3, n1 until readmitted; the new master is n2, epoch 2");
    }

    @Test
    void anUnknownIdChangesNothing() {
        assertThat(desk.run("evict", "n3", "n9", "--yes")).isEqualTo(5);

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains("no such member: n9");
    }

    @Test
    void theLastCandidatesNeedForce() {
        assertThat(desk.run("evict", "n1", "n2", "n3", "--yes")).isEqualTo(7);

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains("--force");
    }

    @Test
    void forceEvictsTheLastCandidateAndNoSuccessorIsAwaited() {
        assertThat(desk.run("evict", "n1", "n2", "n3", "--yes", "--force")).as(desk.said()).isZero();

        assertThat(desk.cluster.store().view().live()).isEmpty();
        assertThat(desk.said()).contains("there is no master now");
    }

    @Test
    void anObserverMayGoWhateverCandidatesThereAre() {
        desk.cluster.join("watcher", MemberKind.OBSERVER, Map.of());

        assertThat(desk.run("evict", "watcher", "--yes")).as(desk.said()).isZero();
    }

    @Test
    void aDownNodeIsEvictedToo() {
        desk.cluster.crash("n3");

        assertThat(desk.run("evict", "n3", "--yes")).as(desk.said()).isZero();

        assertThat(entry("n3").standing()).isEqualTo(RosterEntry.Standing.EVICTED);
    }

    /** Its session ended, so nobody has to wait for a guard; an unconfirmed ending would make the successor wait. */
    @Test
    void theTenureOfAVanishedMasterIsLeftAsItIs() {
        desk.cluster.crash("n1");

        assertThat(desk.run("evict", "n1", "--yes")).as(desk.said()).isZero();

        assertThat(desk.cluster.store().master().tenure().orElseThrow().ending()).isEmpty();
    }

    @Test
    void anotherEpochThanExpectedChangesNothing() {
        assertThat(desk.run("evict", "n3", "--yes", "--if-epoch", "4")).isEqualTo(7);

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains("epoch 1, not 4");
    }

    @Test
    void theExpectedEpochIsNoObstacle() {
        assertThat(desk.run("evict", "n3", "--yes", "--if-epoch", "1")).as(desk.said()).isZero();
    }

    @Test
    void evictingAgainChangesNothingThatMatters() {
        desk.cluster.evict("n3", "bob", "old reason");

        assertThat(desk.run("evict", "n3", "--yes")).isZero();

        assertThat(desk.store.writes()).isZero();
        assertThat(entry("n3").reason()).isEqualTo("old reason");
        assertThat(desk.said()).contains("evicted already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ban=2h", "--reason=another"})
    void evictingAgainWithAnotherWishReplacesTheOld(String wish) {
        desk.cluster.evict("n3", "bob", "old reason");

        assertThat(desk.run("evict", "n3", "--yes", wish)).isZero();

        assertThat(entry("n3").actor()).isEqualTo("ann@desk");
    }

    @Test
    void aBanThatHasEndedIsNoEviction() {
        desk.run("evict", "n3", "--yes", "--ban", "1m");
        desk.time.advance(Duration.ofMinutes(2));

        assertThat(desk.run("evict", "n3", "--yes")).isZero();

        assertThat(entry("n3").until()).isEmpty();
        assertThat(entry("n3").bars(desk.time.now())).isTrue();
    }

    @Test
    void aConflictIsDecidedAgainOnWhatIsThereNow() {
        desk.store.beforeWrite(() -> {
            desk.cluster.crash("n3");
            desk.cluster.join("n3");
        });

        assertThat(desk.run("evict", "n3", "--yes")).as(desk.said()).isZero();

        assertThat(desk.store.writes()).isEqualTo(2);
        assertThat(desk.cluster.store().live(NodeId.of("n3"))).isEmpty();
    }

    /** Evicted as the standby it was, it would leave its tenure unended, and its successor would heed no guard. */
    @Test
    void aStandbyThatBecomesMasterMeanwhileIsEvictedAsMaster() {
        desk.store.beforeWrite(() -> {
            desk.cluster.crash("n1");
            desk.cluster.elect("n2");
        });
        desk.time.then(() -> desk.cluster.elect("n3"));

        assertThat(desk.run("evict", "n2", "--yes")).as(desk.said()).isZero();

        assertThat(desk.store.writes()).isEqualTo(2);
        assertThat(desk.said()).contains("evicted n2 until readmitted; the new master is n3, epoch 3");
    }

    @Test
    void aVictimThatBecameLastMeanwhileIsSpared() {
        desk.store.beforeWrite(() -> {
            desk.cluster.evict("n1", "bob", "");
            desk.cluster.evict("n2", "bob", "");
            throw new StoreException(StoreException.Kind.CONFLICT, "laid in");
        });

        assertThat(desk.run("evict", "n3", "--yes")).isEqualTo(7);

        assertThat(entry("n3").standing()).isEqualTo(RosterEntry.Standing.ADMITTED);
        assertThat(desk.said()).contains("--force");
    }

    @Test
    void endlessConflictsAreGivenUp() {
        for (int i = 0; i < 100; i++) {
            desk.store.beforeWrite(ScriptedStore.failing(StoreException.Kind.CONFLICT));
        }

        assertThat(desk.run("evict", "n3", "--yes")).isEqualTo(7);

        assertThat(desk.store.writes()).isEqualTo(ConditionalWrite.MOST_CONFLICTS);
        assertThat(desk.said()).contains("gave up on n3");
    }

    @Test
    void aLostAnswerOfADoneEvictionIsSuccess() {
        desk.store.afterWrite(ScriptedStore.failing(StoreException.Kind.UNKNOWN_RESULT));

        assertThat(desk.run("evict", "n3", "--yes")).as(desk.said()).isZero();

        assertThat(desk.store.writes()).isEqualTo(1);
        assertThat(desk.said()).contains("evicted n3");
    }

    @Test
    void aLostRequestIsSentAgain() {
        desk.store.beforeWrite(ScriptedStore.failing(StoreException.Kind.UNKNOWN_RESULT));

        assertThat(desk.run("evict", "n3", "--yes")).as(desk.said()).isZero();

        assertThat(desk.store.writes()).isEqualTo(2);
        assertThat(entry("n3").standing()).isEqualTo(RosterEntry.Standing.EVICTED);
    }

    @Test
    void whatCannotBeFoundOutIsNotCalledAFailure() {
        desk.store.beforeWrite(() -> {
            desk.cluster.reachable(false);
            throw new StoreException(StoreException.Kind.UNKNOWN_RESULT, "laid in");
        });

        assertThat(desk.run("evict", "n3", "--yes", "--timeout", "3s")).isEqualTo(8);

        assertThat(desk.said()).contains("may or may not");
    }

    @Test
    void losingZooKeeperHalfWaySaysHowFarItCame() {
        desk.store.afterWrite(() -> desk.cluster.reachable(false));

        assertThat(desk.run("evict", "n2", "n3", "--yes", "--timeout", "3s")).isEqualTo(8);

        assertThat(desk.said()).contains("evicted n2, but then");
    }

    @Test
    void aBlipDuringTheConfirmationIsWaitedOut() {
        desk.store.afterWrite(() -> desk.store.beforeRead(() -> { })
                .beforeRead(ScriptedStore.failing(StoreException.Kind.UNAVAILABLE)));

        assertThat(desk.run("evict", "n3", "--yes")).as(desk.said()).isZero();
    }

    @Test
    void aReadmissionMeanwhileIsSeen() {
        desk.store.afterWrite(() -> desk.store.beforeRead(() -> { })
                .beforeRead(() -> desk.cluster.readmit("n3", "bob")));

        assertThat(desk.run("evict", "n3", "--yes", "--timeout", "1s")).isEqualTo(8);

        assertThat(desk.said()).contains("somebody readmitted it");
    }

    @Test
    void aDryRunChangesNothingAndPredictsTheNextMaster() {
        desk.cluster.evict("n3", "bob", "");

        assertThat(desk.run("evict", "n1", "--dry-run")).isZero();

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains("the next master is n2");
    }

    @Test
    void aDryRunOfTheLastCandidatesIsNotSafe() {
        assertThat(desk.run("evict", "n1", "n2", "n3", "--dry-run")).isEqualTo(10);

        assertThat(desk.said()).contains("NOT SAFE");
    }

    private RosterEntry entry(String id) {
        return desk.cluster.store().roster(NodeId.of(id)).orElseThrow();
    }
}
