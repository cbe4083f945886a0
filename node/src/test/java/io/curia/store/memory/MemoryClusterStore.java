package io.curia.store.memory;

import io.curia.model.ClusterIdentity;
import io.curia.model.ClusterView;
import io.curia.model.Happening;
import io.curia.model.Intents;
import io.curia.model.Intents.Place;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.RosterEntry;
import io.curia.model.Switchover;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import io.curia.store.ClusterStore;
import io.curia.store.History;
import io.curia.store.Outcome;
import io.curia.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The cluster's records kept in a {@link MemoryEnsemble}. */
public final class MemoryClusterStore implements ClusterStore {

    private final SharedTree tree;
    private final Clock clock;
    private final long session;

    MemoryClusterStore(SharedTree tree, Clock clock) {
        this.tree = tree;
        this.clock = clock;
        this.session = tree.read(RecordTree::openSession);
    }

    @Override
    public Initialized init() {
        return tree.reach(any -> tree.change(records -> {
            boolean made = records.init(tree.name(), UUID.randomUUID().toString(), clock.instant());
            return new Initialized(identity(records), made);
        }));
    }

    @Override
    public ClusterIdentity cluster() {
        return tree.reach(MemoryClusterStore::identity);
    }

    @Override
    public ClusterView view() {
        return tree.reach(records -> ClusterView.of(identity(records), records.master(), records.roster(),
                records.live(), withoutQueue(records.intents()), clock.instant()));
    }

    @Override
    public MasterRecord master() {
        return tree.reach(records -> made(records).master());
    }

    private static Intents withoutQueue(Intents intents) {
        return new Intents(intents.switchover(), intents.pause(), Optional.empty());
    }

    @Override
    public Intents intents() {
        return tree.reach(records -> made(records).intents());
    }

    @Override
    public void putPause(Versioned<Pause> pause) {
        commit(records -> records.noting(records.put(pause), pause.what().map(Happening::paused).stream().toList(),
                clock.instant()));
    }

    @Override
    public void liftPause(Versioned<Pause> pause, String actor, String reason, Instant at) {
        commit(records -> records.noting(records.put(pause.cleared()),
                List.of(Happening.resumed(pause.what(), actor, reason, at)), clock.instant()));
    }

    @Override
    public void putSwitchover(Versioned<Switchover> switchover, int masterVersion) {
        commit(records -> records.noting(records.put(switchover, masterVersion), asked(switchover), clock.instant()));
    }

    @Override
    public void depose(Versioned<Switchover> switchover, MasterRecord ended) {
        List<Happening> told = new ArrayList<>(asked(switchover));
        ended.tenure().ifPresent(tenure -> told.addAll(Happening.ending(tenure, true)));
        commit(records -> records.noting(records.depose(switchover, ended), told, clock.instant()));
    }

    private static List<Happening> asked(Versioned<Switchover> switchover) {
        return switchover.what().map(Happening::asked).stream().toList();
    }

    @Override
    public Optional<RosterEntry> roster(NodeId id) {
        return tree.reach(records -> records.roster(id));
    }

    @Override
    public Optional<Member> live(NodeId id) {
        return tree.reach(records -> records.live(id));
    }

    @Override
    public Standing standing(NodeId id) {
        return tree.reach(records -> new Standing(records.roster(id), records.live(id)));
    }

    @Override
    public Standing glimpse(NodeId id) {
        return standing(id);
    }

    @Override
    public List<Member> peers(NodeId self, int limit) {
        return tree.reach(records -> {
            List<Member> peers = new ArrayList<>(made(records).live());
            peers.removeIf(member -> member.id().equals(self) || member.kind() == MemberKind.GUEST);
            Collections.shuffle(peers);
            Optional<NodeId> master = records.master().tenure()
                    .filter(tenure -> tenure.ending().isEmpty()).map(Tenure::id);
            peers.sort(Comparator.comparing(member -> !master.equals(Optional.of(member.id()))));
            return List.copyOf(peers.subList(0, Math.min(limit, peers.size())));
        });
    }

    @Override
    public History history() {
        return new MemoryHistory(tree, clock, MemoryClusterStore::made);
    }

    @Override
    public void put(RosterEntry entry, List<Happening> happenings) {
        commit(records -> records.noting(records.put(entry), happenings, clock.instant()));
    }

    @Override
    public void evict(Eviction eviction) {
        commit(records -> records.evict(eviction, records.latch().placesOf(eviction.entry().id())));
    }

    @Override
    public void registerGuest(Member guest, RosterEntry entry) {
        commit(records -> records.register(session, guest, entry));
    }

    @Override
    public void releaseGuest(Member guest) {
        tree.reach(any -> tree.change(records -> records.release(session, guest)));
    }

    @Override
    public void watchLive(NodeId id, Runnable whenGone) {
        if (tree.reach(records -> records.live(id).isEmpty())) {
            tree.callBack(whenGone);
        } else {
            tree.watchOnce(records -> records.live(id).map(Member::incarnation), whenGone);
        }
    }

    @Override
    public MasterRecord watchMaster(Runnable whenChanged) {
        tree.reach(records -> session);
        tree.watchOnce(records -> records.master(), whenChanged);
        return master();
    }

    @Override
    public int watchMembers(Runnable whenChanged) {
        tree.reach(records -> session);
        tree.watchOnce(records -> records.live().stream().map(Member::incarnation).toList(), whenChanged);
        return tree.read(records -> records.live().size());
    }

    @Override
    public int countMembers() {
        return tree.read(records -> records.live().size());
    }

    @Override
    public List<Place> watchQueue(Runnable whenChanged) {
        tree.reach(records -> session);
        tree.watchOnce(records -> records.latch().owners(), whenChanged);
        return tree.read(records -> records.latch().owners().entrySet().stream()
                .map(place -> new Place(place.getKey(), place.getValue())).toList());
    }

    @Override
    public void forget(RosterEntry entry) {
        commit(records -> records.forget(entry));
    }

    @Override
    public void putFenced(RosterEntry entry, int masterVersion, List<Happening> happenings) {
        commit(records -> records.noting(records.putFenced(entry, masterVersion), happenings, clock.instant()));
    }

    @Override
    public void close() {
        tree.change(records -> {
            records.endSession(session);
            return session;
        });
    }

    private void commit(Function<RecordTree, Outcome> write) {
        Outcome outcome = tree.reach(any -> tree.change(records -> write.apply(made(records))));
        switch (outcome.kind()) {
            case DONE -> { }
            case CONFLICT -> throw new StoreException(StoreException.Kind.CONFLICT, outcome.detail());
            case FENCED -> throw new StoreException(StoreException.Kind.FENCED, outcome.detail());
            case DENIED -> throw new StoreException(StoreException.Kind.DENIED, outcome.detail());
            case UNKNOWN -> throw new StoreException(StoreException.Kind.UNKNOWN_RESULT, outcome.detail());
        }
    }

    private static RecordTree made(RecordTree records) {
        identity(records);
        return records;
    }

    private static ClusterIdentity identity(RecordTree records) {
        return records.cluster().orElseThrow(
                () -> new StoreException(StoreException.Kind.NOT_FOUND, "no such cluster"));
    }
}
