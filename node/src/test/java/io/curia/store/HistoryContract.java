package io.curia.store;

import static io.curia.store.TestNode.await;
import static io.curia.store.TestRecords.NOON;
import static io.curia.store.TestRecords.admitted;
import static io.curia.store.TestRecords.ended;
import static io.curia.store.TestRecords.node;
import static io.curia.store.TestRecords.tenure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.curia.model.Cause;
import io.curia.model.ClusterEvent;
import io.curia.model.Departure;
import io.curia.model.Epoch;
import io.curia.model.EventType;
import io.curia.model.Grounds;
import io.curia.model.Happening;
import io.curia.model.MasterRecord;
import io.curia.model.Observation;
import io.curia.model.Pause;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.store.NodeSession.Claim;
import io.curia.store.NodeSession.Leaving;
import io.curia.store.NodeSession.Removal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every {@link History} does. Each test has a cluster of its own, which does not exist at first. */
public abstract class HistoryContract extends ClusterStoreFixture {

    private static final Set<EventType> ALL = EnumSet.allOf(EventType.class);

    private static Happening paused(String reason) {
        return Happening.ofCluster(EventType.PAUSED, "ann@ops", reason);
    }

    private static Happening refused(int number) {
        return Happening.of(EventType.JOIN_REFUSED, node("x" + number), Optional.empty(), "n1", "no");
    }

    private List<ClusterEvent> all() {
        return otherStore().history().after(History.BEGINNING, ALL).events();
    }

    private List<EventType> types() {
        return all().stream().map(ClusterEvent::type).toList();
    }

    /** Makes a candidate master of epoch 1, and lets the history know. */
    private Tenure elected(TestNode node) {
        Observation leading = node.queued(1).leads();
        Tenure tenure = tenure(node.member(), 1, node.place());
        Outcome outcome = await(node.session.claim(new Claim(tenure, 0, leading.roster().orElseThrow().version(),
                Grounds.NONE), Happening.succession(leading.master(), tenure)));
        assertThat(outcome).isEqualTo(Outcome.done(1));
        node.observer.sees("its claim", seen -> seen.master().version() == 1);
        return tenure;
    }

    @Test
    void clusterThatDoesNotExistHasNoHistory() {
        assertThatThrownBy(this::all).isInstanceOfSatisfying(StoreException.class, failure ->
                assertThat(failure.kind()).isEqualTo(StoreException.Kind.NOT_FOUND));
        assertThatThrownBy(() -> store().history().append(List.of(paused("")))).isInstanceOfSatisfying(
                StoreException.class, failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.NOT_FOUND));
    }

    @Test
    void whatIsRecordedIsReadAsItWas() {
        store().init();
        assertThat(store().history().after(History.BEGINNING, ALL))
                .isEqualTo(new History.Excerpt(List.of(), History.BEGINNING, 0));
        Happening happening = new Happening(EventType.MASTER_LOST, Optional.of(node("n1")),
                Optional.of(TestRecords.incarnation(1)), Optional.of(new Epoch(7)),
                Optional.of(Cause.CRASH), "n2", "lifeline cut, \"REFUSED\"",
                Optional.of(Duration.ofMillis(1234)));

        store().history().append(List.of(happening, paused("kernel")));

        assertThat(all()).extracting(ClusterEvent::what).containsExactly(happening, paused("kernel"));
    }

    @Test
    void eventsOfOneTransactionShareItsNumberAndItsTime() {
        store().init();
        store().history().append(List.of(paused("a"), paused("b")));
        store().history().append(List.of(paused("c")));

        List<ClusterEvent> events = all();
        assertThat(events.get(0).zxid()).isEqualTo(events.get(1).zxid()).isLessThan(events.get(2).zxid());
        assertThat(events.get(0).time()).isEqualTo(events.get(1).time()).isBeforeOrEqualTo(events.get(2).time());
    }

    /** A counter that writers share would have one of them fail here, or two of them write the same number. */
    @Test
    void numbersHaveNoGapHoweverManyWriteAtOnce() {
        store().init();
        List<CompletableFuture<Void>> writers = IntStream.range(0, 4).mapToObj(writer ->
                CompletableFuture.runAsync(() -> IntStream.range(0, 25).forEach(turn -> (writer % 2 == 0 ? store()
                        : otherStore()).history().append(List.of(paused(writer + "/" + turn)))))).toList();
        writers.forEach(CompletableFuture::join);

        assertThat(all()).extracting(ClusterEvent::seq)
                .containsExactlyElementsOf(LongStream.range(0, 100).boxed().toList());
        assertThat(all()).extracting(event -> event.what().reason()).doesNotHaveDuplicates();
    }

    @Test
    void onlyWhatCameLaterAndIsWantedIsRead() {
        store().init();
        store().history().append(List.of(paused("a"), refused(1), paused("b"), refused(2)));

        assertThat(store().history().after(0, Set.of(EventType.PAUSED)).events())
                .extracting(event -> event.what().reason()).containsExactly("b");
        assertThat(store().history().after(2, ALL).events()).extracting(ClusterEvent::seq).containsExactly(3L);
        assertThat(store().history().after(3, ALL)).isEqualTo(new History.Excerpt(List.of(), 3, 0));
        assertThat(store().history().after(99, ALL)).isEqualTo(new History.Excerpt(List.of(), 3, 0));
        assertThat(store().history().after(0, Set.of(EventType.JOINED)))
                .isEqualTo(new History.Excerpt(List.of(), 3, 0));
    }

    @Test
    void aChangeThatIsRefusedLeavesNoTrace() {
        store().init();
        store().put(admitted("n1"));

        assertThatThrownBy(() -> store().put(admitted("n1"), List.of(paused("never"))))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store().putFenced(admitted("n2"), 7, List.of(paused("never"))))
                .isInstanceOf(StoreException.class);

        assertThat(all()).isEmpty();
    }

    @Test
    void registeringClaimingAndLeavingAreRecordedWithThemselves() {
        TestNode node = open("n1");
        Tenure tenure = elected(node);
        Tenure ended = ended(tenure, Cause.LEFT);
        RosterEntry entry = node.observer.last().roster().orElseThrow();
        List<Happening> told = List.of(Happening.ending(ended, true).get(0),
                Happening.ended(EventType.LEFT, entry, "n1", "SIGTERM"));

        await(node.session.leave(new Leaving(entry.departed(new Departure(Departure.How.LEFT, NOON)),
                Optional.of(node.place()), Optional.of(new NodeSession.EndedTenure(ended, 1)), told)));

        assertThat(types()).containsExactly(EventType.MASTER_ELECTED, EventType.MASTER_LOST, EventType.LEFT);
        assertThat(all()).extracting(ClusterEvent::seq).containsExactly(0L, 1L, 2L);
        assertThat(all().get(1).what().cause()).contains(Cause.LEFT);
    }

    @Test
    void claimThatIsRefusedIsNoElection() {
        TestNode node = open("n1").queued(1);
        node.leads();
        Tenure tenure = tenure(node.member(), 1, node.place());

        await(node.session.claim(new Claim(tenure, 5, 0, Grounds.NONE),
                Happening.succession(MasterRecord.VACANT, tenure)));

        assertThat(all()).isEmpty();
    }

    /** The end of a tenure that nobody recorded is recorded by the claim that follows it. */
    @Test
    void endThatNobodyRecordedIsToldByTheNextClaim() {
        TestNode gone = open("n1");
        Tenure first = elected(gone);
        TestNode second = open("n2").queued(2);
        gone.session.close();
        Observation leading = second.leads();
        Tenure next = tenure(second.member(), 2, second.place());

        await(second.session.claim(new Claim(next, 1, leading.roster().orElseThrow().version(),
                Grounds.NONE), Happening.succession(leading.master(), next)));

        assertThat(types()).containsExactly(EventType.MASTER_ELECTED, EventType.MASTER_LOST, EventType.MASTER_ELECTED);
        assertThat(all().get(1).what().id()).contains(first.id());
        assertThat(all().get(2).zxid()).isEqualTo(all().get(1).zxid());
    }

    @Test
    void evictionOfTheMasterIsRecordedOnceWithTheEndOfItsTenure() {
        TestNode victim = open("n1");
        elected(victim);

        store().evict(ClusterStoreContract.evictionOf(store(), victim));

        assertThat(types()).containsExactly(EventType.MASTER_ELECTED, EventType.MASTER_LOST, EventType.EVICTED);
        assertThat(all().get(2).what().actor()).isEqualTo("operator");
    }

    @Test
    void whatOperatorsAskForIsRecorded() {
        store().init();
        Pause pause = new Pause(NOON.plusSeconds(60), "ann@desk", "kernel", NOON);

        store().putPause(store().intents().pause().saying(pause));
        store().liftPause(store().intents().pause(), "bob@desk", "done early", NOON.plusSeconds(20));

        assertThat(types()).containsExactly(EventType.PAUSED, EventType.RESUMED);
        assertThat(all().get(0).what().actor()).isEqualTo("ann@desk");
        assertThat(all().get(0).what().reason()).contains("kernel", NOON.plusSeconds(60).toString());
        assertThat(all().get(1).what()).extracting(Happening::actor, Happening::reason, Happening::duration)
                .containsExactly("bob@desk", "done early", Optional.of(Duration.ofSeconds(20)));
    }

    @Test
    void removalOfTheDeadIsRecordedByWhoeverWinsTheRace() {
        TestNode dead = open("n1");
        elected(dead);
        TestNode second = open("n2").registered(2);
        TestNode third = open("n3").registered(3);
        List<Removal> removals = List.of(new Removal(dead.id, dead.member().incarnation(), true, "REFUSED", NOON));

        List<Outcome> outcomes = List.of(second.session.remove(removals), third.session.remove(removals)).stream()
                .map(TestNode::await).toList();

        assertThat(outcomes).filteredOn(Outcome::isDone).hasSize(1);
        assertThat(types()).containsExactly(EventType.MASTER_ELECTED, EventType.MASTER_LOST, EventType.CRASHED);
        assertThat(all().get(2).what().reason()).isEqualTo("REFUSED");
    }

    @Test
    void whoeverWatchesIsToldOnce() {
        store().init();
        AtomicInteger told = new AtomicInteger();
        store().history().watch(told::incrementAndGet);

        otherStore().history().append(List.of(paused("a")));
        otherStore().history().append(List.of(paused("b")));

        Awaitility.await().atMost(RecordingObserver.PATIENCE).untilAsserted(() -> assertThat(told).hasValue(1));
    }

    /** Strangers who knock a thousand times push out other strangers, and nobody else. */
    @Test
    void trimmingForgetsTheOldestOfEachRingThatIsTooFull() {
        store().init();
        int most = EventType.Ring.STRANGERS.capacity();
        store().history().append(List.of(paused("long ago")));
        store().history().append(IntStream.range(0, most + 60).mapToObj(HistoryContract::refused).toList());

        assertThat(store().history().trim()).isEqualTo(60);

        assertThat(all()).hasSize(most + 1);
        assertThat(store().history().after(History.BEGINNING, ALL).forgotten()).isEqualTo(60);
        assertThat(store().history().after(50, Set.of(EventType.PAUSED)))
                .isEqualTo(new History.Excerpt(List.of(), most + 60, 10));
        assertThat(all().get(0).what().reason()).isEqualTo("long ago");
        assertThat(all().get(1).seq()).isEqualTo(61);
        assertThat(store().history().trim()).isZero();
        store().history().append(List.of(paused("now")));
        assertThat(all().get(most + 1).seq()).isEqualTo(most + 61);
    }
}
