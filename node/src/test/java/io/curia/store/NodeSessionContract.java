package io.curia.store;

import static io.curia.store.TestNode.await;
import static io.curia.store.TestRecords.admitted;
import static io.curia.store.TestRecords.candidate;
import static io.curia.store.TestRecords.ended;
import static io.curia.store.TestRecords.tenure;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.Departure;
import io.curia.model.Grounds;
import io.curia.model.MasterRecord;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.store.NodeSession.EndedTenure;
import io.curia.store.NodeSession.Leaving;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every {@link NodeSession} does. Each test has a cluster of its own, which exists only once a node makes it. */
public abstract class NodeSessionContract extends RemovalContract {

    @Test
    void firstNodeMakesTheClusterAndEveryNodeIsToldTheSameOnce() {
        TestNode first = open("n1").connected();
        TestNode second = open("n2").connected();

        assertThat(first.observer.clusters()).hasSize(1).isEqualTo(second.observer.clusters());
        assertThat(store().cluster()).isEqualTo(first.observer.clusters().get(0));
        assertThat(first.observer.last().master()).isEqualTo(MasterRecord.VACANT);
    }

    @Test
    void unknownNodeSeesNothingOfItself() {
        Observation seen = open("n1").connected().observer.last();

        assertThat(seen.roster()).isEmpty();
        assertThat(seen.live()).isEmpty();
        assertThat(seen.latch()).isEmpty();
        assertThat(seen.holderLive()).isFalse();
        assertThat(seen.sessionId()).isNotZero();
        assertThat(seen.sessionTimeout()).isPositive();
    }

    @Test
    void admissionByAnotherIsSeen() {
        TestNode node = open("n1").connected();

        store().put(admitted("n1"));

        RosterEntry entry = node.observer.sees("admitted", seen -> seen.roster().isPresent()).roster().get();
        assertThat(entry).isEqualTo(admitted("n1").withVersion(0));
    }

    @Test
    void firstAdmissionConflictsWithAnEntryThatIsThere() {
        TestNode node = open("n1").connected();
        await(node.session.admit(admitted("n1")));

        Outcome second = await(node.session.admit(admitted("n1")));

        assertThat(second.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(second.detail()).isNotEmpty();
    }

    @Test
    void admissionAtTheVersionReadReplacesTheEntry() {
        TestNode node = open("n1").connected();
        await(node.session.admit(admitted("n1")));

        Outcome outcome = await(node.session.admit(admitted("n1").withVersion(0)));

        assertThat(outcome).isEqualTo(Outcome.done(1));
    }

    @Test
    void registrationStandsAsMineAndIsNotedInTheRoster() {
        TestNode node = open("n1").registered(1);

        RosterEntry entry = node.observer.sees("noted", seen -> seen.roster().get().incarnation().isPresent())
                .roster().get();

        assertThat(entry.incarnation()).contains(node.member().incarnation());
        assertThat(entry.address()).contains(node.member().address());
        assertThat(store().live(node.id)).contains(node.member());
    }

    @Test
    void registrationConflictsWhenTheRosterEntryHasMoved() {
        TestNode node = open("n1").connected();
        await(node.session.admit(admitted("n1")));
        store().put(admitted("n1").withVersion(0).evicted("operator", "", TestRecords.NOON, Optional.empty()));

        Outcome outcome = await(node.session.register(candidate("n1", 1),
                admitted("n1").withVersion(0).registered(candidate("n1", 1))));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(store().live(node.id)).isEmpty();
    }

    /** A node restarted at once finds the registration of the run before it, until that run's session ends. */
    @Test
    void registrationOfAnotherSessionIsNotMineAndStandsInTheWay() {
        TestNode old = open("n1").registered(1);
        TestNode restarted = open("n1").connected();

        Observation seen = restarted.observer.sees("the old one", now -> now.live().isPresent());
        RosterEntry entry = seen.roster().get();
        Outcome outcome = await(restarted.session.register(candidate("n1", 2), entry.registered(candidate("n1", 2))));

        assertThat(seen.live()).contains(new Observation.Registration(old.member().incarnation(), false));
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(store().roster(old.id).get().incarnation()).contains(old.member().incarnation());
        old.session.close();
        restarted.observer.sees("the old one gone", now -> now.live().isEmpty());
        restarted.registered(2);
    }

    @Test
    void firstInTheQueueLeads() {
        TestNode first = open("n1").queued(1);
        TestNode second = open("n2").queued(2);

        first.leads();
        assertThat(second.observer.last().latch().filter(LatchPlace::leading)).isEmpty();
        assertThat(second.place()).isNotEqualTo(first.place());
    }

    @Test
    void nextLeadsWhenTheFirstWithdraws() {
        TestNode first = open("n1").queued(1);
        TestNode second = open("n2").queued(2);

        Outcome outcome = await(first.session.withdrawLatch());

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.DONE);
        first.observer.sees("no place", seen -> seen.latch().isEmpty());
        second.leads();
    }

    @Test
    void enteringAgainKeepsThePlace() {
        TestNode node = open("n1").queued(1);
        String place = node.place();

        node.session.enterLatch();
        node.session.enterLatch();
        node.leads();

        assertThat(node.observer.observations()).allSatisfy(seen ->
                assertThat(seen.latch().map(LatchPlace::path).orElse(place)).isEqualTo(place));
    }

    @Test
    void enteringAfterWithdrawingTakesAnotherPlace() {
        TestNode node = open("n1").queued(1);
        String place = node.place();
        await(node.session.withdrawLatch());

        node.session.enterLatch();

        node.observer.sees("another place", seen ->
                seen.latch().filter(found -> !found.path().equals(place)).isPresent());
        node.leads();
    }

    @Test
    void withdrawingWithoutAPlaceIsDone() {
        TestNode node = open("n1").connected();

        assertThat(await(node.session.withdrawLatch()).kind()).isEqualTo(Outcome.Kind.DONE);
    }

    /** Withdrawn before its place was even made: nothing of it may stay in the queue, or nobody would ever lead. */
    @Test
    void enteringAndWithdrawingAtOnceLeavesNoPlaceBehind() {
        TestNode first = open("n1").registered(1);
        for (int round = 0; round < 20; round++) {
            first.session.enterLatch();
            await(first.session.withdrawLatch());
        }

        TestNode second = open("n2").queued(2);

        second.leads();
        assertThat(first.observer.last().latch()).isEmpty();
    }

    @Test
    void claimIsSeenByEverybodyWithItsHolderLive() {
        TestNode first = open("n1");
        Tenure tenure = first.master(1, 1);
        TestNode second = open("n2").connected();

        for (TestNode node : List.of(first, second)) {
            Observation seen = node.observer.sees("the claim", now -> now.master().tenure().isPresent());
            assertThat(seen.master()).isEqualTo(new MasterRecord(Optional.of(tenure), 1));
            assertThat(seen.holderLive()).isTrue();
        }
    }

    @Test
    void claimConflictsWithoutItsPlaceOrWithAnotherVersionOfWhatItWasDecidedOn() {
        TestNode node = open("n1").queued(1);
        Observation leading = node.leads();
        int roster = leading.roster().get().version();
        Grounds grounds = Grounds.of(leading.intents());
        Grounds otherPause = new Grounds(grounds.pauseVersion() + 1, grounds.switchoverVersion());
        Tenure tenure = tenure(node.member(), 1, node.place());
        Tenure elsewhere = tenure(node.member(), 1, node.place() + "0");

        assertThat(await(node.session.claim(elsewhere, 0, roster, grounds)).kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(await(node.session.claim(tenure, 0, roster + 1, grounds)).kind())
                .isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(await(node.session.claim(tenure, 1, roster, grounds)).kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(await(node.session.claim(tenure, 0, roster, otherPause)).kind())
                .isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(store().master()).isEqualTo(MasterRecord.VACANT);
    }

    @Test
    void renewalChangesNothing() {
        TestNode node = open("n1");
        Tenure tenure = node.master(1, 1);

        assertThat(await(node.session.renew(tenure, node.masterVersion())).kind()).isEqualTo(Outcome.Kind.DONE);

        assertThat(store().master()).isEqualTo(new MasterRecord(Optional.of(tenure), 1));
    }

    @Test
    void renewalFailsOnceThePlaceIsGone() {
        TestNode node = open("n1");
        Tenure tenure = node.master(1, 1);
        await(node.session.withdrawLatch());
        node.observer.sees("no place", seen -> seen.latch().isEmpty());

        assertThat(await(node.session.renew(tenure, 1)).kind()).isEqualTo(Outcome.Kind.CONFLICT);
    }

    @Test
    void renewalFailsOnceTheTenureWasEndedOverItsHead() {
        TestNode node = open("n1");
        Tenure tenure = node.master(1, 1);
        evict(node);

        assertThat(await(node.session.renew(tenure, 1)).kind()).isEqualTo(Outcome.Kind.CONFLICT);
    }

    @Test
    void endingIsSeen() {
        TestNode node = open("n1");
        Tenure tenure = node.master(1, 1);
        TestNode other = open("n2").connected();

        Outcome outcome = await(node.session.end(ended(tenure, Cause.STEP_DOWN), 1));

        assertThat(outcome).isEqualTo(Outcome.done(2));
        other.observer.sees("the ending", seen ->
                seen.master().tenure().filter(last -> last.ending().isPresent()).isPresent() && seen.holderLive());
    }

    @Test
    void steppingAsideEndsTheTenureAndLetsTheNextLead() {
        TestNode first = open("n1");
        Tenure tenure = first.master(1, 1);
        TestNode second = open("n2").queued(2);

        Outcome outcome = await(first.session.stepAside(ended(tenure, Cause.STEP_DOWN), 1, Optional.empty()));

        assertThat(outcome).isEqualTo(Outcome.done(2));
        Observation leading = second.leads();
        assertThat(leading.master().tenure().get().ending()).isPresent();
        first.observer.sees("no place", seen -> seen.latch().isEmpty());
        second.claims(2);
    }

    @Test
    void steppingAsideConflictsOnceTheTenureWasEndedByAnother() {
        TestNode node = open("n1");
        Tenure tenure = node.master(1, 1);
        await(node.session.end(ended(tenure, Cause.STEP_DOWN), 1));

        Outcome outcome = await(node.session.stepAside(ended(tenure, Cause.STEP_DOWN), 1, Optional.empty()));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        node.observer.sees("the place still", seen -> seen.latch().isPresent());
    }

    @Test
    void leavingTakesEverythingDownAtOnce() {
        TestNode first = open("n1");
        Tenure tenure = first.master(1, 1);
        TestNode second = open("n2").queued(2);
        RosterEntry departed = first.observer.last().roster().get()
                .departed(new Departure(Departure.How.LEFT, TestRecords.NOON));

        Outcome outcome = await(first.session.leave(new Leaving(departed, Optional.of(first.place()),
                Optional.of(new EndedTenure(ended(tenure, Cause.LEFT), 1)))));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(store().live(first.id)).isEmpty();
        assertThat(store().roster(first.id).get().departure()).isPresent();
        Observation leading = second.leads();
        assertThat(leading.master().tenure().get().ending().get().cause()).isEqualTo(Cause.LEFT);
        assertThat(leading.holderLive()).isFalse();
    }

    @Test
    void observerLeavesWithoutAPlaceOrATenure() {
        TestNode node = open("n1").registered(1);
        RosterEntry departed = node.observer.last().roster().get()
                .departed(new Departure(Departure.How.LEFT, TestRecords.NOON));

        Outcome outcome = await(node.session.leave(new Leaving(departed, Optional.empty(), Optional.empty())));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.DONE);
        node.observer.sees("not registered", seen -> seen.live().isEmpty());
    }

    @Test
    void fencedWritesCommitTogetherInTheirEpoch() {
        TestNode node = open("n1");
        node.master(1, 1);
        String path = "/fenced-" + store().cluster().uuid();

        Outcome created = await(node.session.fenced(1, List.of(FencedWrite.create(path, new byte[] {1}),
                FencedWrite.create(path + "/a", new byte[0]))));
        Outcome changed = await(node.session.fenced(1, List.of(FencedWrite.check(path + "/a", 0),
                FencedWrite.set(path, new byte[] {2}, 0))));
        Outcome deleted = await(node.session.fenced(1, List.of(FencedWrite.delete(path + "/a", 0),
                FencedWrite.delete(path, FencedWrite.ANY_VERSION))));

        assertThat(created.kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(changed).isEqualTo(Outcome.done(1));
        assertThat(deleted.kind()).isEqualTo(Outcome.Kind.DONE);
    }

    @Test
    void fencedWriteWhoseOwnConditionFailsIsAConflict() {
        TestNode node = open("n1");
        node.master(1, 1);
        String path = "/fenced-" + store().cluster().uuid();

        Outcome outcome = await(node.session.fenced(1, List.of(FencedWrite.create(path, new byte[0]),
                FencedWrite.check(path + "/missing", 0))));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(await(node.session.fenced(1, List.of(FencedWrite.create(path, new byte[0])))).kind())
                .as("nothing of the first was done").isEqualTo(Outcome.Kind.DONE);
    }

    @Test
    void writeFencedByAnEarlierEpochIsRefused() {
        TestNode first = open("n1");
        Tenure tenure = first.master(1, 1);
        TestNode second = open("n2").queued(2);
        await(first.session.stepAside(ended(tenure, Cause.STEP_DOWN), 1, Optional.empty()));
        second.claims(2);

        Outcome outcome = await(first.session.fenced(1,
                List.of(FencedWrite.create("/fenced-" + store().cluster().uuid(), new byte[0]))));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FENCED);
    }

    /** The session is gone at the service: another takes its place, with nothing of the old one. */
    @Test
    void expiredSessionHasLostItsRegistrationAndItsPlace() {
        TestNode first = open("n1");
        first.master(1, 1);
        TestNode second = open("n2").queued(2);
        long before = first.observer.last().sessionId();

        expire(first.session);

        Observation after = first.observer.sees("another session", seen ->
                seen.connected() && seen.sessionId() != before);
        assertThat(after.live()).isEmpty();
        assertThat(after.latch()).isEmpty();
        assertThat(after.holderLive()).isFalse();
        Observation leading = second.leads();
        assertThat(leading.holderLive()).isFalse();
        assertThat(leading.master().tenure().get().ending()).isEmpty();
        first.queued(3);
    }

    @Test
    void closedSessionFreesWhatItHeld() {
        TestNode first = open("n1");
        first.master(1, 1);
        TestNode second = open("n2").queued(2);

        first.session.close();

        assertThat(store().live(first.id)).isEmpty();
        Observation leading = second.leads();
        assertThat(leading.holderLive()).isFalse();
    }

    @Test
    void nothingIsDoneOrToldAfterClosing() {
        TestNode node = open("n1").registered(1);
        RosterEntry entry = node.observer.last().roster().get();
        node.session.close();
        node.session.close();
        int told = node.observer.observations().size();

        Outcome outcome = await(node.session.register(candidate("n1", 2), entry));
        node.session.observe();
        node.session.enterLatch();

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.UNKNOWN);
        assertThat(store().live(node.id)).isEmpty();
        assertThat(node.observer.observations()).hasSize(told);
    }

    @Test
    void evictionIsSeenByItsVictim() {
        TestNode node = open("n1");
        node.master(1, 1);

        evict(node);

        Observation seen = node.observer.sees("nothing left", now -> now.live().isEmpty() && now.latch().isEmpty());
        assertThat(seen.roster().get().standing()).isEqualTo(RosterEntry.Standing.EVICTED);
        assertThat(seen.master().tenure().get().ending().get().confirmed()).isFalse();
    }

    @Test
    void observingTellsAnewWithoutAChange() {
        TestNode node = open("n1").connected();
        int told = node.observer.observations().size();

        node.session.observe();

        Awaitility.await().atMost(RecordingObserver.PATIENCE)
                .until(() -> node.observer.observations().size() > told);
    }

    private void evict(TestNode node) {
        store().evict(ClusterStoreContract.evictionOf(store(), node));
    }
}
