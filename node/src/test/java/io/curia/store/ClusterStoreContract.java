package io.curia.store;

import static io.curia.store.TestNode.await;
import static io.curia.store.TestRecords.NOON;
import static io.curia.store.TestRecords.admitted;
import static io.curia.store.TestRecords.candidate;
import static io.curia.store.TestRecords.ended;
import static io.curia.store.TestRecords.guest;
import static io.curia.store.TestRecords.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Cause;
import io.curia.model.ClusterView;
import io.curia.model.Drain;
import io.curia.model.Epoch;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberView;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.store.ClusterStore.Initialized;
import io.curia.store.StoreException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every {@link ClusterStore} does. Each test has a cluster of its own, which does not exist at first. */
public abstract class ClusterStoreContract extends EvictionContract {

    @Test
    void clusterThatWasNeverMadeIsNotFound() {
        assertKind(Kind.NOT_FOUND, () -> store().cluster());
        assertKind(Kind.NOT_FOUND, () -> store().view());
        assertKind(Kind.NOT_FOUND, () -> store().master());
        assertKind(Kind.NOT_FOUND, () -> store().put(admitted("n1")));
        assertThat(store().roster(node("n1"))).isEmpty();
        assertThat(store().live(node("n1"))).isEmpty();
    }

    @Test
    void initMakesTheClusterOnce() {
        Initialized first = store().init();
        Initialized second = otherStore().init();

        assertThat(first.created()).isTrue();
        assertThat(second).isEqualTo(new Initialized(first.cluster(), false));
        assertThat(store().cluster()).isEqualTo(first.cluster());
        assertThat(store().master()).isEqualTo(MasterRecord.VACANT);
        assertThat(store().view().members()).isEmpty();
    }

    @Test
    void entryIsStoredOnlyAtTheVersionItCarries() {
        store().init();
        store().put(admitted("n1"));
        RosterEntry read = otherStore().roster(node("n1")).orElseThrow();
        assertThat(read).isEqualTo(admitted("n1").withVersion(0));

        store().put(read.evicted("operator", "disk", NOON, Optional.of(NOON.plusSeconds(3600))));

        assertKind(Kind.CONFLICT, () -> otherStore().put(read));
        assertKind(Kind.CONFLICT, () -> otherStore().put(admitted("n1")));
        assertKind(Kind.CONFLICT, () -> otherStore().put(admitted("n2").withVersion(0)));
        RosterEntry stored = store().roster(node("n1")).orElseThrow();
        assertThat(stored.version()).isEqualTo(1);
        assertThat(stored.bars(NOON.plusSeconds(3599))).isTrue();
        assertThat(stored.bars(NOON.plusSeconds(3600))).isFalse();
    }

    @Test
    void aNodeIsForgottenOnlyAtTheVersionAtWhichItWasSeen() {
        store().init();
        store().put(admitted("n1"));
        RosterEntry seen = store().roster(node("n1")).orElseThrow();
        store().put(seen);

        assertKind(Kind.CONFLICT, () -> otherStore().forget(seen));
        assertThat(store().roster(node("n1"))).isPresent();
        otherStore().forget(store().roster(node("n1")).orElseThrow());

        assertThat(store().roster(node("n1"))).isEmpty();
        assertKind(Kind.CONFLICT, () -> store().forget(seen));
    }

    @Test
    void viewShowsEverybodyInTheRoster() {
        open("n1").master(1, 1);
        open("n2").registered(2);
        store().put(admitted("n3"));
        store().put(admitted("n4").evicted("operator", "disk", NOON, Optional.empty()));
        store().put(admitted("g1"));
        store().registerGuest(guest("g1", 5, "n1"), store().roster(node("g1")).get());

        ClusterView view = otherStore().view();

        assertThat(view.cluster()).isEqualTo(store().cluster());
        assertThat(view.master().epoch().number()).isEqualTo(1);
        assertThat(view.members()).extracting(member -> member.id().value() + " " + member.status() + " "
                + member.role()).containsExactly("g1 LIVE GUEST", "n1 LIVE MASTER", "n2 LIVE STANDBY",
                "n3 DOWN NONE", "n4 EVICTED NONE");
        assertThat(view.member(node("n2")).flatMap(MemberView::live)).contains(candidate("n2", 2));
    }

    @Test
    void guestStandsUntilItIsReleased() {
        store().init();
        Member guest = admitGuest("g1", 1);

        assertThat(otherStore().live(guest.id())).contains(guest);
        assertThat(otherStore().roster(guest.id()).get().incarnation()).contains(guest.incarnation());
        store().releaseGuest(guest);
        assertThat(otherStore().live(guest.id())).isEmpty();
        assertThat(otherStore().roster(guest.id())).isEmpty();
        store().releaseGuest(guest);
    }

    @Test
    void guestIsRegisteredOnlyOnceAndOnlyOnTheAdmissionRead() {
        store().init();
        Member guest = admitGuest("g1", 1);
        RosterEntry now = store().roster(guest.id()).orElseThrow();

        assertKind(Kind.CONFLICT, () -> otherStore().registerGuest(guest("g1", 2, "n1"), now));
        assertKind(Kind.CONFLICT, () -> otherStore().registerGuest(guest("g1", 2, "n1"), now.withVersion(0)));
        assertThat(store().live(guest.id())).contains(guest);
    }

    @Test
    void releaseSparesWhatAnotherSessionOrAnotherIncarnationHolds() {
        store().init();
        Member guest = admitGuest("g1", 1);

        otherStore().releaseGuest(guest);
        store().releaseGuest(guest("g1", 2, "n1"));

        assertThat(store().live(guest.id())).contains(guest);
    }

    private Member admitGuest(String id, int incarnation) {
        Member guest = guest(id, incarnation, "n1");
        store().put(admitted(id));
        store().registerGuest(guest, store().roster(guest.id()).get().registered(guest));
        return guest;
    }

    @Test
    void standingShowsEntryAndRegistrationAndAGlimpseThoseOfAMomentAgo() {
        TestNode node = open("n1").registered(1);

        assertThat(store().standing(node.id).live()).isPresent();
        assertThat(store().standing(node.id).entry()).isEqualTo(store().roster(node.id));
        Awaitility.await().atMost(RecordingObserver.PATIENCE)
                .until(() -> store().glimpse(node.id).equals(store().standing(node.id)));
        assertThat(store().glimpse(node("n9")).entry()).isEmpty();
    }

    @Test
    void watchTellsOnceWhenTheRegistrationEnds() {
        TestNode node = open("n1").registered(1);
        AtomicInteger told = new AtomicInteger();
        store().watchLive(node.id, told::incrementAndGet);
        store().put(store().roster(node.id).get());
        assertThat(told).hasValue(0);

        node.session.close();

        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(() -> told.get() == 1);
        open("n1").registered(2).session.close();
        assertThat(store().live(node.id)).isEmpty();
        assertThat(told).hasValue(1);
    }

    @Test
    void watchTellsAtOnceWhenThereIsNoRegistration() {
        store().init();
        AtomicInteger told = new AtomicInteger();

        store().watchLive(node("n1"), told::incrementAndGet);

        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(() -> told.get() == 1);
    }

    @Test
    void masterWatchTellsOnceWhenTheRecordIsAnother() {
        store().init();
        AtomicInteger told = new AtomicInteger();
        MasterRecord vacant = store().watchMaster(told::incrementAndGet);

        TestNode node = open("n1");
        node.master(1, 1);
        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(() -> told.get() == 1);

        assertThat(vacant.tenure()).isEmpty();
        assertThat(store().watchMaster(() -> { }).tenure().orElseThrow().id()).isEqualTo(node.id);
    }

    @Test
    void memberWatchTellsOnceWhenARegistrationComesOrGoes() {
        TestNode node = open("n1").registered(1);
        AtomicInteger told = new AtomicInteger();
        AtomicInteger toldLater = new AtomicInteger();
        store().watchMembers(told::incrementAndGet);

        TestNode second = open("n2").registered(2);
        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(() -> told.get() == 1);
        assertThat(store().watchMembers(toldLater::incrementAndGet)).isEqualTo(2);
        assertThat(store().countMembers()).isEqualTo(2);
        second.session.close();
        Awaitility.await().atMost(RecordingObserver.PATIENCE).until(() -> toldLater.get() == 1);

        assertThat(told).hasValue(1);
        assertThat(store().live(node.id)).isPresent();
    }

    /** What an operator or the node noted between reading and writing must not be lost. */
    @Test
    void notesOnCandidacyAreStoredAtTheVersionReadAndOutliveARegistration() {
        store().init();
        store().put(admitted("n1"));
        RosterEntry read = store().roster(node("n1")).orElseThrow();
        Drain drain = new Drain("ana", "disk", NOON);
        store().put(read.noted(read.notes().withDrain(Optional.of(drain))));

        assertKind(Kind.CONFLICT, () -> store().put(read.noted(read.notes().withServing(Optional.of(new Epoch(1))))));
        open("n1").registered(1);

        assertThat(store().roster(node("n1")).orElseThrow().notes().drain()).contains(drain);
        assertThat(store().view().member(node("n1")).orElseThrow().mayLead()).isFalse();
    }

    @Test
    void fencedEntryIsStoredOnlyUnderTheMasterRecordRead() {
        TestNode master = open("n1");
        Tenure tenure = master.master(1, 1);

        store().putFenced(admitted("n2"), 1);
        await(master.session.end(ended(tenure, Cause.STEP_DOWN), 1));

        assertKind(Kind.FENCED, () -> store().putFenced(admitted("n3"), 1));
        assertKind(Kind.CONFLICT, () -> store().putFenced(admitted("n2"), 2));
        assertThat(store().roster(node("n2"))).isPresent();
        assertThat(store().roster(node("n3"))).isEmpty();
    }

    @Test
    void peersAreLiveMembersThatCanAdmitWithTheMasterFirst() {
        open("n1").registered(1);
        open("n2").master(2, 1);
        open("n3").registered(3);
        admitGuest("g1", 4);
        store().put(admitted("n4"));

        List<Member> peers = store().peers(node("n1"), 10);

        assertThat(peers.get(0).id()).isEqualTo(node("n2"));
        assertThat(peers).extracting(Member::id).containsExactlyInAnyOrder(node("n2"), node("n3"));
        assertThat(store().peers(node("n1"), 1)).extracting(Member::id).containsExactly(node("n2"));
        assertThat(store().peers(node("n2"), 10)).extracting(Member::id)
                .containsExactlyInAnyOrder(node("n1"), node("n3"));
    }
}
