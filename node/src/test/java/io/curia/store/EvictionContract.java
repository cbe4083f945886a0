package io.curia.store;

import static io.curia.store.TestNode.await;
import static io.curia.store.TestRecords.NOON;
import static io.curia.store.TestRecords.admitted;
import static io.curia.store.TestRecords.candidate;
import static io.curia.store.TestRecords.ended;
import static io.curia.store.TestRecords.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberRole;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.store.ClusterStore.Eviction;
import io.curia.store.StoreException.Kind;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The part of every {@link ClusterStore}'s contract that is about putting a member out. */
public abstract class EvictionContract extends ClusterStoreFixture {

    @Test
    void evictionOfTheMasterTakesEverythingAndEndsItsTenure() {
        TestNode victim = open("n1");
        victim.master(1, 1);
        TestNode next = open("n2").queued(2);

        store().evict(evictionOf(victim));

        MemberView seen = otherStore().view().member(victim.id).orElseThrow();
        assertThat(seen.status()).isEqualTo(MemberStatus.EVICTED);
        assertThat(seen.role()).isEqualTo(MemberRole.NONE);
        assertThat(store().live(victim.id)).isEmpty();
        Tenure tenure = next.leads().master().tenure().orElseThrow();
        assertThat(tenure.ending()).isPresent();
    }

    @Test
    void evictionOfADownNodeOnlyStoresIt() {
        store().init();
        store().put(admitted("n1"));
        RosterEntry entry = store().roster(node("n1")).orElseThrow();

        store().evict(new Eviction(entry.evicted("operator", "", NOON, Optional.empty()), Optional.empty(),
                Optional.empty()));

        assertThat(store().roster(node("n1")).get().standing()).isEqualTo(RosterEntry.Standing.EVICTED);
    }

    @Test
    void idThatWasNeverAdmittedCanBeBarredInAdvance() {
        store().init();

        store().evict(new Eviction(admitted("n1").evicted("operator", "", NOON, Optional.empty()),
                Optional.empty(), Optional.empty()));

        assertThat(store().roster(node("n1")).get().bars(NOON)).isTrue();
    }

    /** Evicted as a standby, it would leave a tenure that nobody ended, and a successor that heeds no guard. */
    @Test
    void evictionOfAStandbyThatBecameMasterMeanwhileChangesNothing() {
        TestNode victim = open("n1").queued(1);
        Eviction standby = new Eviction(store().roster(victim.id).orElseThrow()
                .evicted("operator", "", NOON, Optional.empty()), store().live(victim.id), Optional.empty(),
                OptionalInt.of(store().master().version()));
        victim.claims(1);

        assertKind(Kind.CONFLICT, () -> store().evict(standby));

        assertThat(store().live(victim.id)).isPresent();
    }

    /** The victim registered anew after the eviction was decided: nothing of the new registration is touched. */
    @Test
    void evictionDecidedOnAnEarlierRegistrationChangesNothing() {
        TestNode victim = open("n1").registered(1);
        Eviction decided = evictionOf(victim);
        victim.session.close();
        TestNode again = open("n1").queued(2);

        assertKind(Kind.CONFLICT, () -> store().evict(decided));

        assertThat(store().live(victim.id)).contains(again.member());
        assertThat(store().roster(victim.id).get().standing()).isEqualTo(RosterEntry.Standing.ADMITTED);
        again.leads();
    }

    @Test
    void evictionOfARegistrationThatVanishedConflicts() {
        TestNode victim = open("n1").registered(1);
        Eviction decided = evictionOf(victim);
        victim.session.close();

        assertKind(Kind.CONFLICT, () -> store().evict(decided));
    }

    @Test
    void evictionOfAMasterWhoseTenureMovedConflicts() {
        TestNode victim = open("n1");
        Tenure tenure = victim.master(1, 1);
        Eviction decided = evictionOf(victim);
        await(victim.session.end(ended(tenure, Cause.STEP_DOWN), 1));

        assertKind(Kind.CONFLICT, () -> store().evict(decided));
    }

    @Test
    void evictedNodeCannotRegisterOnItsOldAdmission() {
        TestNode victim = open("n1").registered(1);
        RosterEntry before = victim.observer.last().roster().orElseThrow();
        store().evict(evictionOf(victim));

        Outcome outcome = await(victim.session.register(candidate("n1", 2), before.registered(candidate("n1", 2))));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(store().live(victim.id)).isEmpty();
    }

    /** Both decided on the same entry: one wins, the other is told, and the evicted node is never left live. */
    @Test
    void evictionAndRegistrationNeverBothSucceed() {
        TestNode victim = open("n1").connected();
        store().put(admitted("n1"));
        for (int round = 1; round <= 30; round++) {
            RosterEntry entry = store().roster(victim.id).orElseThrow();
            Member member = candidate("n1", round);
            var registering = victim.session.register(member, entry.registered(member));
            boolean evicted = succeeds(() -> store().evict(new Eviction(
                    entry.evicted("operator", "", NOON, Optional.empty()), Optional.empty(), Optional.empty())));
            boolean registered = await(registering).isDone();

            assertThat(evicted).isNotEqualTo(registered);
            assertThat(store().live(victim.id).isPresent()).isEqualTo(registered);
            if (registered) {
                store().evict(new Eviction(store().roster(victim.id).get()
                        .evicted("operator", "", NOON, Optional.empty()), Optional.of(member), Optional.empty()));
            }
            store().put(store().roster(victim.id).get().readmitted("operator", "", NOON));
        }
    }

    private static boolean succeeds(Runnable write) {
        try {
            write.run();
            return true;
        } catch (StoreException e) {
            assertThat(e.kind()).isEqualTo(Kind.CONFLICT);
            return false;
        }
    }

    private Eviction evictionOf(TestNode node) {
        return evictionOf(store(), node);
    }

    /** Returns the eviction of this node as decided on what is stored now. */
    static Eviction evictionOf(ClusterStore store, TestNode node) {
        Optional<MasterRecord> ended = Optional.of(store.master())
                .filter(record -> record.tenure().filter(tenure -> tenure.id().equals(node.id)).isPresent())
                .map(TestRecords::endedByOperator);
        return new Eviction(store.roster(node.id).orElseThrow()
                .evicted("operator", "test", NOON, Optional.empty()), store.live(node.id), ended);
    }
}
