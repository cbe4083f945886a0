package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Action;
import io.curia.core.ActionKind;
import io.curia.core.Event;
import io.curia.core.Moment;
import io.curia.core.Obituary;
import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.Grounds;
import io.curia.model.Intents;
import io.curia.model.JournalEntry;
import io.curia.model.JournalEntry.Kind;
import io.curia.model.MasterRecord;
import io.curia.model.Observation;
import io.curia.model.Observation.Registration;
import io.curia.model.Role;
import io.curia.model.Takeover;
import io.curia.model.Tenure;
import io.curia.model.YieldedTenure;
import io.curia.store.TestRecords;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a node takes down, and what it does not. */
class JournalTest {

    private static final Moment NOW = new Moment(5_000_000_000L, TestRecords.NOON);
    private static final Tenure TENURE = TestRecords.tenure(TestRecords.candidate("n1", 1), 7, "/latch/1");

    private final Journal journal = new Journal(TestRecords.NOON);

    private List<Kind> kinds() {
        return journal.after(-1, 1000).stream().map(JournalEntry::kind).toList();
    }

    private void see(Observation seen) {
        journal.heard(new Event.Observed(seen), NOW);
    }

    private static Observation seeing(long session, MasterRecord master) {
        return new Observation(true, session, Duration.ofSeconds(4), Optional.empty(),
                Optional.of(new Registration(TestRecords.incarnation(2), true)), Optional.empty(), master, true,
                Intents.NONE);
    }

    @Test
    void onlyTheLatestEntriesAreKeptAndNumbersSayWhatIsMissing() {
        for (int i = 0; i < Journal.CAPACITY + 10; i++) {
            journal.heard(new Event.StopRequested("again " + i), NOW);
        }

        assertThat(journal.after(-1, 1000)).hasSize(Journal.CAPACITY).first()
                .extracting(JournalEntry::number).isEqualTo(10L);
        assertThat(journal.after(Journal.CAPACITY + 7, 1000)).hasSize(2);
        assertThat(journal.after(-1, 3)).hasSize(3);
        assertThat(journal.lastNumber()).isEqualTo(Journal.CAPACITY + 9);
    }

    @Test
    void aLoopThatWakesInTimeIsNoFreeze() {
        journal.woke(NOW.nanos() + 1_000_000, NOW);
        journal.woke(NOW.nanos() - 100_000_000, NOW);
        assertThat(kinds()).isEmpty();

        journal.woke(NOW.nanos() - 3_000_000_000L, NOW);

        assertThat(journal.after(-1, 10)).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo(Kind.FROZEN);
            assertThat(entry.length()).contains(Duration.ofSeconds(3));
        });
    }

    @Test
    void theConnectionAndTheSessionAreTakenDownWhenTheyChange() {
        Observation seen = seeing(1, MasterRecord.VACANT);
        see(seen);
        see(seen);
        see(seen.disconnected());
        see(seen);
        see(seen.disconnected());
        see(seen.sessionLost());
        see(seeing(2, MasterRecord.VACANT));

        assertThat(kinds()).containsExactly(Kind.CONNECTED, Kind.CUT_OFF, Kind.CONNECTED, Kind.CUT_OFF,
                Kind.SESSION_ENDED, Kind.CONNECTED);
        assertThat(journal.after(0, 1).get(0).length()).contains(Duration.ofSeconds(4));
    }

    @Test
    void aMastershipIsSeenOnceWhenItBeginsAndOnceWhenItEnds() {
        MasterRecord claimed = new MasterRecord(Optional.of(TENURE), 3);
        see(seeing(1, MasterRecord.VACANT));
        see(seeing(1, claimed));
        see(seeing(1, claimed));
        see(seeing(1, new MasterRecord(Optional.of(TestRecords.ended(TENURE, Cause.LEFT)), 4)));

        assertThat(journal.after(-1, 10)).filteredOn(entry -> entry.kind() == Kind.SAW)
                .extracting(JournalEntry::words).containsExactly("saw that n1 is master of epoch 7",
                        "saw that epoch 7 of n1 was ended by n1 (LEFT, confirmed)");
    }

    @Test
    void aClaimIsTakenDownOnceHoweverOftenItIsSentAndWithItsCommit() {
        Action.Claim claim = new Action.Claim(TENURE, MasterRecord.VACANT, 1, Grounds.NONE, 0,
                Optional.empty());
        journal.did(claim, NOW);
        journal.did(claim, NOW);
        journal.heard(new Event.Claimed("another", 3, 0), NOW);
        journal.heard(new Event.Claimed(TENURE.claimId(), 3, 0), NOW);

        assertThat(kinds()).containsExactly(Kind.CLAIM, Kind.CLAIMED);
        assertThat(journal.after(-1, 10)).extracting(JournalEntry::epoch).containsOnly(Optional.of(new Epoch(7)));
    }

    @Test
    void aTakeoverIsTakenDownAtBothEnds() {
        Takeover over = new Takeover(TestRecords.ended(TENURE, Cause.LEFT), Optional.empty());
        journal.did(new Action.Claim(TENURE, MasterRecord.VACANT, 1, Grounds.NONE, 0, Optional.of(over)), NOW);
        journal.did(new Action.Yield(new YieldedTenure(new Epoch(7), "c", Cause.LEFT, "", Optional.empty())), NOW);

        assertThat(journal.after(-1, 10)).extracting(JournalEntry::words).containsExactly(
                "claims epoch 7 after " + TENURE.cause() + ", takes over from n1",
                "its duties have stopped, and says so to whoever is next");
    }

    @Test
    void renewalsThatAreLostAreTakenDownOnceUntilOneIsAnswered() {
        Event lost = new Event.Completed(ActionKind.RENEW, Event.Result.UNKNOWN, "lost");
        journal.heard(lost, NOW);
        journal.heard(lost, NOW);
        journal.heard(new Event.Renewed("claim", 0), NOW);
        journal.heard(lost, NOW);
        journal.heard(new Event.RenewalRefused("claim", "gone"), NOW);

        assertThat(kinds()).containsExactly(Kind.RENEWAL_LOST, Kind.RENEWAL_LOST, Kind.RENEWAL_REFUSED);
    }

    @Test
    void deathsRemovalsAndRolesAreTakenDown() {
        Obituary dead = new Obituary(TENURE.id(), TENURE.incarnation(), true, true, "x".repeat(1000), 0,
                TestRecords.NOON);
        journal.heard(new Event.DeathVerified(dead), NOW);
        journal.did(new Action.Remove(List.of(dead), Optional.empty()), NOW);
        journal.heard(new Event.Completed(ActionKind.REMOVE, Event.Result.DONE, ""), NOW);
        journal.did(new Action.StopDuties(new Epoch(7), false, "evicted"), NOW);
        journal.did(new Action.RoleChanged(Role.MASTER, Role.YIELDING, new Epoch(7), "evicted"), NOW);

        assertThat(kinds()).containsExactly(Kind.VERDICT, Kind.REMOVAL, Kind.REMOVAL, Kind.LOSS, Kind.ROLE);
        assertThat(journal.after(-1, 1).get(0).words()).hasSize(JournalEntry.MAX_WORDS).startsWith("n1 is dead: x");
    }
}
