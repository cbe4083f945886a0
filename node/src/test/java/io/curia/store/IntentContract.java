package io.curia.store;

import static io.curia.store.TestNode.await;
import static io.curia.store.TestRecords.NOON;
import static io.curia.store.TestRecords.ended;
import static io.curia.store.TestRecords.settled;
import static io.curia.store.TestRecords.switchover;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.curia.model.Cause;
import io.curia.model.ClusterEvent;
import io.curia.model.EventType;
import io.curia.model.Grounds;
import io.curia.model.Happening;
import io.curia.model.Intents;
import io.curia.model.Intents.Place;
import io.curia.model.MasterRecord;
import io.curia.model.Observation;
import io.curia.model.Pause;
import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The part of the ports' contracts that is about what operators want of the mastership. */
public abstract class IntentContract extends NodeSessionFixture {

    private static final Pause PAUSE = new Pause(NOON.plusSeconds(1800), "alice", "upgrade", NOON);

    private static void assertKind(StoreException.Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StoreException.class,
                failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    /** Stores a switchover of this tenure to {@code target}; returns it. */
    final Switchover wish(Tenure tenure, String target) {
        Switchover wish = switchover(tenure, target);
        store().putSwitchover(store().intents().switchover().saying(wish), store().master().version());
        return wish;
    }

    @Test
    void nobodyWantsAnythingOfANewCluster() {
        open("n1").connected();

        Intents intents = store().intents();

        assertThat(intents.switchover().what()).isEmpty();
        assertThat(intents.pause().what()).isEmpty();
        assertThat(intents.queue()).contains(List.of());
    }

    @Test
    void queueIsToldOfOnceWhenSomebodyEntersOrLeaves() {
        TestNode first = open("n1").queued(1);
        AtomicInteger told = new AtomicInteger();
        AtomicInteger toldLater = new AtomicInteger();
        assertThat(store().watchQueue(told::incrementAndGet)).containsExactly(new Place(first.place(), first.id));

        TestNode second = open("n2").queued(2);
        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(() -> told.get() == 1);
        assertThat(store().watchQueue(toldLater::incrementAndGet)).extracting(Place::id)
                .containsExactly(first.id, second.id);
        second.session.withdrawLatch();

        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(() -> toldLater.get() == 1);
        assertThat(told).hasValue(1);
    }

    @Test
    void queueIsShownInItsOrder() {
        TestNode first = open("n1").queued(1);
        TestNode second = open("n2").queued(2);

        assertThat(store().intents().queue()).contains(
                List.of(new Place(first.place(), first.id), new Place(second.place(), second.id)));
    }

    @Test
    void pauseIsSeenByEverybodyAndGoesWhenItIsCleared() {
        TestNode node = open("n1").connected();
        Versioned<Pause> none = store().intents().pause();

        store().putPause(none.saying(PAUSE));

        Observation paused = node.observer.sees("the pause", seen -> seen.intents().pause().what().isPresent());
        assertThat(paused.intents().pause()).isEqualTo(new Versioned<>(Optional.of(PAUSE), none.version() + 1));
        assertThat(store().view().intents().pause()).isEqualTo(paused.intents().pause());
        store().liftPause(paused.intents().pause(), "ann@desk", "done", NOON);
        node.observer.sees("no pause", seen -> seen.intents().pause().version() == none.version() + 2
                && seen.intents().pause().what().isEmpty());
    }

    @Test
    void pauseIsStoredOnlyAtTheVersionItCarries() {
        open("n1").connected();
        Versioned<Pause> none = store().intents().pause();
        store().putPause(none.saying(PAUSE));

        assertKind(StoreException.Kind.CONFLICT, () -> store().putPause(none.saying(PAUSE)));
        assertKind(StoreException.Kind.CONFLICT, () -> store().liftPause(none, "ann@desk", "", NOON));
    }

    /** Whoever decided to claim before it could know of the pause decides again. */
    @Test
    void claimDecidedOnAnotherPauseConflicts() {
        TestNode node = open("n1").queued(1);
        Observation leading = node.leads();
        store().putPause(store().intents().pause().saying(PAUSE));

        Outcome claim = await(node.session.claim(TestRecords.tenure(node.member(), 1, node.place()), 0,
                leading.roster().orElseThrow().version(), Grounds.of(leading.intents())));

        assertThat(claim.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(store().master()).isEqualTo(MasterRecord.VACANT);
    }

    /** Who may claim in a pause because a forced switchover says so decides again once it is another. */
    @Test
    void claimInAPauseDecidedOnAnotherSwitchoverConflicts() {
        TestNode node = open("n1").queued(1);
        store().putPause(store().intents().pause().saying(PAUSE));
        node.leads();
        Observation paused = node.observer.sees("the pause", seen -> seen.intents().pause().what().isPresent());
        wish(TestRecords.tenure(node.member(), 1, node.place()), node.id.value());

        Outcome claim = await(node.session.claim(TestRecords.tenure(node.member(), 1, node.place()), 0,
                paused.roster().orElseThrow().version(), Grounds.of(paused.intents())));

        assertThat(claim.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(store().master()).isEqualTo(MasterRecord.VACANT);
    }

    @Test
    void switchoverIsSeenWithTheQueue() {
        TestNode first = open("n1");
        Tenure tenure = first.master(1, 1);
        TestNode second = open("n2").queued(2);

        Switchover wish = wish(tenure, "n2");

        for (TestNode node : List.of(first, second)) {
            Observation seen = node.observer.sees("the queue", now -> now.intents().queue().isPresent());
            assertThat(seen.intents().switchover().what()).contains(wish);
            assertThat(seen.intents().queue()).contains(
                    List.of(new Place(first.place(), first.id), new Place(second.place(), second.id)));
        }
    }

    @Test
    void everybodySeesTheQueueChangeDuringASwitchover() {
        TestNode first = open("n1");
        wish(first.master(1, 1), "n3");
        first.observer.sees("the queue", now -> now.intents().queue().isPresent());

        TestNode second = open("n2").queued(2);

        first.observer.sees("the other", now -> now.intents().queue().map(queue -> queue.stream()
                .map(Place::id).toList().equals(List.of(first.id, second.id))).orElse(false));
        await(second.session.withdrawLatch());
        first.observer.sees("it go", now -> now.intents().queue().map(List::size).equals(Optional.of(1)));
    }

    @Test
    void switchoverIsStoredOnlyAtItsOwnVersionAndTheMasters() {
        Tenure tenure = open("n1").master(1, 1);
        Versioned<Switchover> none = store().intents().switchover();
        Versioned<Switchover> wish = none.saying(switchover(tenure, "n2"));

        assertKind(StoreException.Kind.CONFLICT, () -> store().putSwitchover(wish, 0));
        store().putSwitchover(wish, 1);
        assertKind(StoreException.Kind.CONFLICT, () -> store().putSwitchover(wish, 1));

        assertThat(store().intents().switchover().version()).isEqualTo(none.version() + 1);
        assertThat(store().view().intents().switchover().what()).isEqualTo(wish.what());
    }

    @Test
    void steppingAsideSettlesTheSwitchover() {
        TestNode first = open("n1");
        Tenure tenure = first.master(1, 1);
        TestNode second = open("n2").queued(2);
        Switchover wish = wish(tenure, "n2");
        Versioned<Switchover> read = store().intents().switchover();

        Outcome outcome = await(first.session.stepAside(ended(tenure, Cause.SWITCHOVER), 1,
                Optional.of(read.saying(settled(wish, End.HANDED_OVER))), List.of()));

        assertThat(outcome).isEqualTo(Outcome.done(2));
        assertThat(store().intents().switchover()).isEqualTo(
                new Versioned<>(Optional.of(settled(wish, End.HANDED_OVER)), read.version() + 1));
        second.leads();
        second.claims(2);
    }

    @Test
    void nobodyStepsAsideForASwitchoverThatWasWithdrawn() {
        TestNode node = open("n1");
        Tenure tenure = node.master(1, 1);
        Switchover wish = wish(tenure, "n2");
        Versioned<Switchover> read = store().intents().switchover();
        store().putSwitchover(read.saying(settled(wish, End.CANCELLED)), 1);

        Outcome outcome = await(node.session.stepAside(ended(tenure, Cause.SWITCHOVER), 1,
                Optional.of(read.saying(settled(wish, End.HANDED_OVER))), List.of()));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(store().master()).isEqualTo(new MasterRecord(Optional.of(tenure), 1));
        assertThat(store().intents().queue().orElseThrow()).hasSize(1);
    }

    @Test
    void masterSettlesWhatCannotHappen() {
        TestNode node = open("n1");
        Tenure tenure = node.master(1, 1);
        Switchover wish = wish(tenure, "n2");
        Versioned<Switchover> expired = store().intents().switchover().saying(settled(wish, End.EXPIRED));

        List<Happening> told = expired.what().map(Happening::asked).stream().toList();

        assertThat(await(node.session.settle(expired, 0, told)).kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(await(node.session.settle(expired, 1, told)).kind()).isEqualTo(Outcome.Kind.DONE);
        assertThat(await(node.session.settle(expired, 1, told)).kind()).isEqualTo(Outcome.Kind.CONFLICT);
        assertThat(store().history().after(History.BEGINNING, Set.of(EventType.SWITCHOVER)).events())
                .extracting(ClusterEvent::what).containsExactly(Happening.asked(wish), told.get(0));
        assertThat(store().intents().switchover().what()).isEqualTo(expired.what());
    }

    @Test
    void deposingEndsTheTenureAndTakesItsPlace() {
        TestNode first = open("n1");
        Tenure tenure = first.master(1, 1);
        TestNode second = open("n2").queued(2);
        Versioned<Switchover> wish = store().intents().switchover().saying(switchover(tenure, "n2"));
        MasterRecord deposed = TestRecords.endedByOperator(store().master());

        store().depose(wish, deposed);

        assertThat(store().master()).isEqualTo(new MasterRecord(deposed.tenure(), 2));
        assertThat(store().intents().switchover().what()).isEqualTo(wish.what());
        second.leads();
        first.observer.sees("no place", seen -> seen.latch().isEmpty());
        assertKind(StoreException.Kind.CONFLICT, () -> store().depose(wish, deposed));
    }

    @Test
    void deposingIsPossibleWithoutAPlace() {
        TestNode first = open("n1");
        Tenure tenure = first.master(1, 1);
        await(first.session.withdrawLatch());
        first.observer.sees("no place", seen -> seen.latch().isEmpty());

        store().depose(store().intents().switchover().saying(switchover(tenure, "n2")),
                TestRecords.endedByOperator(store().master()));

        assertThat(store().master().tenure().orElseThrow().ending()).isPresent();
    }
}
