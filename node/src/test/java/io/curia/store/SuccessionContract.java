package io.curia.store;

import static io.curia.store.TestNode.await;
import static io.curia.store.TestRecords.NOON;
import static io.curia.store.TestRecords.ended;
import static io.curia.store.TestRecords.tenure;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.ClusterEvent;
import io.curia.model.Ending;
import io.curia.model.EventType;
import io.curia.model.Grounds;
import io.curia.model.MasterRecord;
import io.curia.model.Observation;
import io.curia.model.Switchover;
import io.curia.model.Takeover;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import io.curia.store.NodeSession.Claim;
import io.curia.store.NodeSession.Removal;
import io.curia.store.NodeSession.Removed;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The part of every {@link NodeSession}'s contract that is about claiming with the removal of who is ahead. */
public abstract class SuccessionContract extends IntentContract {

    private static final Set<EventType> TYPES =
            Set.of(EventType.MASTER_LOST, EventType.MASTER_ELECTED, EventType.CRASHED);

    @Test
    void claimsWithTheRemovalOfTheMasterAheadOfIt() {
        TestNode master = open("n1");
        Tenure before = master.master(1, 1);
        TestNode next = open("n2").queued(2);
        Claim claim = claim(next, 2);

        Removed removed = remove(next, claim, proven(master));

        assertThat(removed).isEqualTo(new Removed(Outcome.done(2), true));
        assertThat(store().master()).isEqualTo(new MasterRecord(Optional.of(claim.tenure()), 2));
        assertThat(store().live(master.id)).isEmpty();
        next.leads();
        next.observer.sees("its claim", seen -> seen.master().tenure().equals(Optional.of(claim.tenure())));
        assertThat(await(next.session.renew(claim.tenure(), 2)).isDone()).isTrue();
        assertThat(await(master.session.renew(before, 1)).kind()).isEqualTo(Outcome.Kind.CONFLICT);
    }

    @Test
    void historyTellsOfTheDeathTheLossAndTheElection() {
        TestNode master = open("n1");
        master.master(1, 1);
        TestNode next = open("n2").queued(2);

        remove(next, claim(next, 2), proven(master));

        List<ClusterEvent> told = store().history().after(History.BEGINNING, TYPES).events();
        assertThat(told).extracting(ClusterEvent::type).containsExactlyInAnyOrderElementsOf(TYPES);
        assertThat(told).filteredOn(event -> event.type() == EventType.MASTER_ELECTED)
                .allMatch(event -> event.what().duration().isPresent());
    }

    @Test
    void claimsWithTheRemovalOfEverybodyAhead() {
        TestNode master = open("n1");
        master.master(1, 1);
        TestNode second = open("n2").queued(2);
        TestNode third = open("n3").queued(3);

        Removed removed = remove(third, claim(third, 2), proven(second), proven(master));

        assertThat(removed).isEqualTo(new Removed(Outcome.done(2), true));
        assertThat(store().master().tenure()).map(Tenure::id).contains(third.id);
    }

    @Test
    void claimsOnAnEndedTenureWithTheRemovalOfWhoIsNext() {
        TestNode master = open("n1");
        master.master(1, 1);
        TestNode second = open("n2").queued(2);
        TestNode third = open("n3").queued(3);
        remove(third, claim(third, 2), proven(master));
        third.observer.sees("the ended tenure", seen -> seen.master().version() == 2);

        Removed removed = remove(third, claim(third, 2), proven(second));

        assertThat(removed).isEqualTo(new Removed(Outcome.done(3), true));
        assertThat(store().master().tenure()).map(Tenure::id).contains(third.id);
    }

    @Test
    void claimsNothingWhileSomebodyIsAhead() {
        TestNode master = open("n1");
        master.master(1, 1);
        TestNode second = open("n2").queued(2);
        TestNode third = open("n3").queued(3);

        Removed removed = remove(third, claim(third, 2), proven(master));

        assertThat(removed).isEqualTo(new Removed(Outcome.done(2), false));
        assertThat(ending()).map(Ending::cause).contains(Cause.CRASH);
        second.claims(2);
    }

    @Test
    void claimsNothingAfterAMasterThatIsNotProvenDead() {
        TestNode master = open("n1");
        master.master(1, 1);
        TestNode next = open("n2").queued(2);

        Removed removed = remove(next, claim(next, 2),
                new Removal(master.id, master.member().incarnation(), false, "silent", NOON));

        assertThat(removed).isEqualTo(new Removed(Outcome.done(2), false));
        assertThat(ending()).map(Ending::confirmed).contains(false);
    }

    @Test
    void claimsNothingOnARecordThatHasMoved() {
        TestNode master = open("n1");
        master.master(1, 1);
        TestNode next = open("n2").queued(2);
        Claim claim = claim(next, 2);

        Removed removed = remove(next, new Claim(claim.tenure(), 0, claim.rosterVersion(), claim.grounds()),
                proven(master));

        assertThat(removed).isEqualTo(new Removed(Outcome.done(2), false));
        assertThat(ending()).map(Ending::confirmed).contains(true);
    }

    @Test
    void claimsNothingIfTheHolderHasGoneByItself() {
        TestNode master = open("n1");
        Tenure before = master.master(1, 1);
        TestNode dead = open("n2").queued(2);
        TestNode next = open("n3").queued(3);
        Claim claim = claim(next, 2);
        Removal ofTheMaster = proven(master);
        master.session.close();
        dead.leads();

        Removed removed = remove(next, claim, ofTheMaster, proven(dead));

        assertThat(removed).isEqualTo(new Removed(Outcome.done(1), false));
        assertThat(store().master().tenure()).contains(before);
    }

    @Test
    void neitherIsDoneIfAConditionOfTheClaimIsGone() {
        TestNode master = open("n1");
        Tenure before = master.master(1, 1);
        TestNode next = open("n2").queued(2);
        Claim claim = claim(next, 2);

        Removed removed = remove(next, new Claim(claim.tenure(), 1, claim.rosterVersion() + 1, claim.grounds()),
                proven(master));

        assertThat(removed.claimed()).isTrue();
        assertThat(removed.outcome().kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(store().live(master.id)).isPresent();
        assertThat(await(master.session.renew(before, 1)).isDone()).isTrue();
    }

    @Test
    void takesOverFromAMasterThatHasYielded() {
        TestNode master = open("n1");
        Tenure before = master.master(1, 1);
        TestNode next = open("n2").queued(2);
        Claim claim = over(claim(next, 2), before, Optional.empty());

        Outcome outcome = await(next.session.claim(claim, List.of()));

        assertThat(outcome).isEqualTo(Outcome.done(2));
        assertThat(store().master()).isEqualTo(new MasterRecord(Optional.of(claim.tenure()), 2));
        next.leads();
        master.observer.sees("that its place is gone", seen -> seen.latch().isEmpty());
        assertThat(store().live(master.id)).as("stays a member").isPresent();
        assertThat(await(master.session.renew(before, 1)).kind()).isEqualTo(Outcome.Kind.CONFLICT);
    }

    @Test
    void nobodyTakesOverFromAPlaceThatIsGone() {
        TestNode master = open("n1");
        Tenure before = master.master(1, 1);
        TestNode next = open("n2").queued(2);
        Claim claim = over(claim(next, 2), before, Optional.empty());
        await(master.session.withdrawLatch());
        next.leads();

        assertThat(await(next.session.claim(claim, List.of())).kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(store().master().tenure()).contains(before);
    }

    @Test
    void masterGivesUpItsPlaceOrIsTakenOverFromAndNotBoth() {
        TestNode master = open("n1");
        Tenure before = master.master(1, 1);
        TestNode next = open("n2").queued(2);
        Claim claim = over(claim(next, 2), before, Optional.empty());
        Tenure ended = ended(before, Cause.STEP_DOWN);
        assertThat(await(master.session.stepAside(ended, 1, Optional.empty(), List.of())).isDone()).isTrue();

        assertThat(await(next.session.claim(claim, List.of())).kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(store().master().tenure()).contains(ended);
    }

    @Test
    void takeoverSettlesTheSwitchoverThatItFollowsUnlessThatHasChanged() {
        TestNode master = open("n1");
        Tenure before = master.master(1, 1);
        TestNode next = open("n2").queued(2);
        wish(before, next.id.value());
        Versioned<Switchover> settled = store().intents().switchover()
                .changed(wish -> TestRecords.settled(wish, Switchover.End.HANDED_OVER));
        Claim stale = over(claim(next, 2), before,
                Optional.of(new Versioned<>(settled.what(), settled.version() + 1)));
        assertThat(await(next.session.claim(stale, List.of())).kind()).isEqualTo(Outcome.Kind.CONFLICT);

        assertThat(await(next.session.claim(over(claim(next, 2), before, Optional.of(settled)), List.of())).isDone())
                .isTrue();

        assertThat(store().intents().switchover().what()).isEqualTo(settled.what());
    }

    private static Claim over(Claim claim, Tenure before, Optional<Versioned<Switchover>> settled) {
        return new Claim(claim.tenure(), claim.masterVersion(), claim.rosterVersion(), claim.grounds(),
                Optional.of(new Takeover(ended(before, Cause.LEFT), settled)));
    }

    private Optional<Ending> ending() {
        return store().master().tenure().flatMap(Tenure::ending);
    }

    /** What this node would claim on what it sees of a master. */
    private static Claim claim(TestNode node, long epoch) {
        Observation seen = node.observer.sees("a master", found -> found.master().tenure().isPresent());
        return new Claim(tenure(node.member(), epoch, node.place()), seen.master().version(),
                seen.roster().orElseThrow().version(), Grounds.of(seen.intents()));
    }

    private static Removed remove(TestNode by, Claim claim, Removal... removals) {
        var removing = by.session.remove(List.of(removals), Optional.of(claim));
        await(removing.thenApply(Removed::outcome));
        return removing.toCompletableFuture().join();
    }

    private static Removal proven(TestNode dead) {
        return new Removal(dead.id, dead.member().incarnation(), true, "refused", NOON);
    }
}
