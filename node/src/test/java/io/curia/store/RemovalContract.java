package io.curia.store;

import static io.curia.store.TestNode.await;
import static io.curia.store.TestRecords.NOON;
import static io.curia.store.TestRecords.candidate;
import static io.curia.store.TestRecords.ended;
import static io.curia.store.TestRecords.tenure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.curia.model.Cause;
import io.curia.model.Departure;
import io.curia.model.Ending;
import io.curia.model.Grounds;
import io.curia.model.MasterRecord;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.store.NodeSession.Removal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of every {@link NodeSession}'s contract that is about removing others, which hold still like the dead. */
public abstract class RemovalContract extends SuccessionContract {

    private static final int RACES = 10;

    @Test
    void deadStandbyIsGoneAndTheMasterStays() {
        TestNode master = open("n1");
        Tenure tenure = master.master(1, 1);
        TestNode dead = open("n2").queued(2);
        TestNode next = open("n3").queued(3);

        Outcome outcome = await(master.session.remove(List.of(proven(dead))));

        assertThat(outcome).isEqualTo(Outcome.done(1));
        assertGone(dead);
        assertThat(store().master()).isEqualTo(new MasterRecord(Optional.of(tenure), 1));
        assertThat(await(master.session.renew(tenure, 1)).isDone()).isTrue();
        await(master.session.stepAside(ended(tenure, Cause.STEP_DOWN), 1, Optional.empty(), List.of()));
        next.leads();
    }

    @Test
    void departureIsNotedWithWhoSaidSoOnWhatEvidenceAndTheStandingKept() {
        TestNode dead = open("n1").registered(1);
        RosterEntry before = store().roster(dead.id).orElseThrow();

        await(open("n2").connected().session.remove(List.of(unproven(dead))));

        assertThat(store().roster(dead.id)).contains(before
                .departed(new Departure(Departure.How.CRASHED, NOON, "n2", unproven(dead).evidence()))
                .withVersion(before.version() + 1));
    }

    @Test
    void masterProvenDeadIsEndedWithConfirmationAndTheNextLeads() {
        assertSuccession(true);
    }

    @Test
    void masterRemovedWithoutProofIsEndedWithoutConfirmationAndTheNextLeads() {
        assertSuccession(false);
    }

    private void assertSuccession(boolean proven) {
        TestNode dead = open("n1");
        Tenure tenure = dead.master(1, 1);
        TestNode next = open("n2").queued(2);

        Outcome outcome = await(next.session.remove(List.of(removal(dead, proven))));

        assertThat(outcome).isEqualTo(Outcome.done(2));
        assertGone(dead);
        Observation leading = next.leadsAfterItsHolder();
        assertThat(leading.master()).isEqualTo(new MasterRecord(Optional.of(
                tenure.ended(new Ending(Cause.CRASH, proven, "n2", "refused", NOON))), 2));
        next.claims(2);
    }

    @Test
    void tenureThatWasEndedBeforeKeepsItsEnding() {
        TestNode dead = open("n1");
        Tenure tenure = dead.master(1, 1);
        await(dead.session.end(ended(tenure, Cause.STEP_DOWN), 1));
        TestNode other = open("n2").connected();

        Outcome outcome = await(other.session.remove(List.of(unproven(dead))));

        assertThat(outcome).isEqualTo(Outcome.done(2));
        assertGone(dead);
        assertThat(store().master()).isEqualTo(
                new MasterRecord(Optional.of(ended(tenure, Cause.STEP_DOWN)), 2));
    }

    @Test
    void tenureOfAnEarlierRegistrationIsNotEndedAnew() {
        TestNode before = open("n1");
        Tenure tenure = before.master(1, 1);
        before.session.close();
        TestNode again = open("n1").queued(2);

        Outcome outcome = await(open("n2").connected().session.remove(List.of(proven(again))));

        assertThat(outcome).isEqualTo(Outcome.done(1));
        assertThat(store().master()).isEqualTo(new MasterRecord(Optional.of(tenure), 1));
    }

    @Test
    void allTheDeadAheadAreRemovedAtOnce() {
        TestNode master = open("n1");
        master.master(1, 1);
        TestNode second = open("n2").queued(2);
        TestNode third = open("n3").queued(3);
        TestNode survivor = open("n4").queued(4);

        Outcome outcome = await(survivor.session.remove(List.of(proven(third), proven(master), proven(second))));

        assertThat(outcome).isEqualTo(Outcome.done(2));
        List.of(master, second, third).forEach(this::assertGone);
        survivor.claims(2);
    }

    @Test
    void restartedNodeIsSpared() {
        TestNode dead = open("n1").registered(1);
        dead.session.close();
        TestNode restarted = open("n1");
        Tenure tenure = restarted.master(2, 1);
        RosterEntry before = store().roster(restarted.id).orElseThrow();

        Outcome outcome = await(open("n2").connected().session.remove(List.of(proven(dead))));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(outcome.detail()).contains("n1");
        assertThat(store().live(restarted.id)).contains(restarted.member());
        assertThat(store().roster(restarted.id)).contains(before);
        assertThat(await(restarted.session.renew(tenure, 1)).isDone()).isTrue();
    }

    @Test
    void removalOfOneThatIsGoneDoesNotHinderThatOfAnother() {
        TestNode gone = open("n1").registered(1);
        TestNode dead = open("n2").queued(2);
        gone.session.close();
        RosterEntry before = store().roster(gone.id).orElseThrow();

        Outcome outcome = await(open("n3").connected().session.remove(List.of(proven(gone), proven(dead))));

        assertThat(outcome).isEqualTo(Outcome.done(0));
        assertGone(dead);
        assertThat(store().roster(gone.id)).contains(before);
    }

    /** Restarted within the session timeout, a node queues while the registration before still stands. */
    @Test
    void placeOfAnotherSessionOfTheSameNodeIsSpared() {
        TestNode dead = open("n1").queued(1);
        TestNode restarted = open("n1").connected();
        restarted.session.enterLatch();
        restarted.observer.sees("its place", seen -> seen.latch().isPresent());

        await(open("n2").connected().session.remove(List.of(proven(dead))));

        assertGone(dead);
        String place = restarted.place();
        assertThat(restarted.leads().latch().map(LatchPlace::path)).contains(place);
    }

    @Test
    void evictedNodeStaysEvicted() {
        TestNode dead = open("n1").queued(1);
        store().evict(ClusterStoreContract.evictionOf(store(), dead));
        RosterEntry evicted = store().roster(dead.id).orElseThrow();

        Outcome outcome = await(open("n2").connected().session.remove(List.of(proven(dead))));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(store().roster(dead.id)).contains(evicted);
    }

    /** Falsely accused, it may come back, but nothing that it decided before may go through. */
    @Test
    void removedNodeCannotClaimAndCanRegisterAnew() {
        TestNode removed = open("n1").queued(1);
        Observation leading = removed.leads();
        await(open("n2").connected().session.remove(List.of(unproven(removed))));

        Outcome claim = await(removed.session.claim(tenure(removed.member(), 1, leading.latch().get().path()),
                0, leading.roster().get().version(), Grounds.of(leading.intents())));

        assertThat(claim.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertGone(removed);
        removed.master(3, 1);
        assertThat(store().roster(removed.id).get().departure()).isEmpty();
    }

    /** A tenure that began just before is ended, one that would begin just after does not begin. */
    @Test
    void noTenureIsLeftBehindByARemovalThatRacesWithAClaim() {
        TestNode other = open("n2").connected();
        TestNode victim = open("n1");
        for (int round = 1; round <= RACES; round++) {
            Observation leading = victim.queued(round).leads();
            Tenure tenure = tenure(victim.member(), round, leading.latch().get().path());

            var claiming = victim.session.claim(tenure, leading.master().version(),
                    leading.roster().get().version(), Grounds.of(leading.intents()));
            var removing = other.session.remove(List.of(proven(victim)));
            boolean claimed = await(claiming).isDone();
            boolean removed = await(removing).isDone();

            assertThat(store().live(victim.id).isPresent()).isEqualTo(!removed);
            if (!removed) {
                assertThat(claimed).isTrue();
                assertThat(await(victim.session.renew(tenure, leading.master().version() + 1)).isDone()).isTrue();
                assertThat(await(other.session.remove(List.of(proven(victim)))).isDone()).isTrue();
            }
            assertGone(victim);
            assertThat(store().master().tenure().filter(last -> last.ending().isEmpty())).isEmpty();
        }
    }

    @Test
    void onlyOneOfTwoRemovalsOfTheSameSucceeds() {
        TestNode left = open("n1").connected();
        TestNode right = open("n2").connected();
        TestNode victim = open("n3");
        for (int round = 1; round <= RACES; round++) {
            victim.queued(round);

            var first = left.session.remove(List.of(proven(victim)));
            var second = right.session.remove(List.of(proven(victim)));

            assertThat(List.of(await(first).kind(), await(second).kind()))
                    .containsExactlyInAnyOrder(Outcome.Kind.DONE, Outcome.Kind.CONFLICT);
            assertGone(victim);
        }
    }

    @Test
    void nobodyRemovesItselfNorTheSameTwiceNorNobodyNorTooMany() {
        TestNode node = open("n1").registered(1);
        TestNode other = open("n2").registered(2);
        List<Removal> many = IntStream.rangeClosed(0, Removal.MAX_AT_ONCE).mapToObj(number -> new Removal(
                other.id, TestRecords.incarnation(100 + number), true, "", NOON)).toList();

        for (List<Removal> refused : List.of(List.of(proven(other), proven(node)),
                Collections.nCopies(2, proven(other)), List.<Removal>of(), many)) {
            assertThatThrownBy(() -> node.session.remove(refused)).isInstanceOf(IllegalArgumentException.class);
        }

        assertThatThrownBy(() -> new Removal(other.id, candidate("n2", 2).incarnation(), true,
                "x".repeat(Removal.MAX_EVIDENCE_CHARS + 1), NOON)).isInstanceOf(IllegalArgumentException.class);
        assertThat(store().live(node.id)).isPresent();
        assertThat(store().live(other.id)).isPresent();
    }

    private void assertGone(TestNode node) {
        assertThat(store().live(node.id)).isEmpty();
        assertThat(store().roster(node.id).get().departure()).map(Departure::how)
                .contains(Departure.How.CRASHED);
        node.observer.sees(node.id + " holds nothing", seen -> seen.live().isEmpty() && seen.latch().isEmpty());
    }

    private static Removal proven(TestNode dead) {
        return removal(dead, true);
    }

    private static Removal unproven(TestNode dead) {
        return removal(dead, false);
    }

    private static Removal removal(TestNode dead, boolean proven) {
        return new Removal(dead.id, dead.member().incarnation(), proven, "refused", NOON);
    }
}
