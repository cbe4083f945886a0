package io.curia.store;

import static io.curia.store.TestNode.await;
import static io.curia.store.TestRecords.admitted;
import static io.curia.store.TestRecords.candidate;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.MasterRecord;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.RosterEntry;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every {@link NodeSession} does. Each test has a cluster of its own, which exists only once a node makes it. */
public abstract class NodeSessionContract extends TenureContract {

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
        Observation leading = second.leadsAfterItsHolder();
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
        second.leadsAfterItsHolder();
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
}
