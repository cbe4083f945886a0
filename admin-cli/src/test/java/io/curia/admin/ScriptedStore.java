package io.curia.admin;

import io.curia.model.ClusterIdentity;
import io.curia.model.ClusterView;
import io.curia.model.Happening;
import io.curia.model.Intents;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.RosterEntry;
import io.curia.model.Switchover;
import io.curia.model.Versioned;
import io.curia.store.ClusterStore;
import io.curia.store.History;
import io.curia.store.StoreException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store before which things go wrong as the test lays them in, one a call; whatever is not laid in, goes well. */
final class ScriptedStore implements ClusterStore {

    private final ClusterStore store;
    private final Deque<Runnable> beforeReads = new ArrayDeque<>();
    private final Deque<Runnable> beforeWrites = new ArrayDeque<>();
    private final Deque<Runnable> afterWrites = new ArrayDeque<>();
    private Optional<ClusterView> fixed = Optional.empty();
    private int writes;
    private boolean closed;

    ScriptedStore(ClusterStore store) {
        this.store = store;
    }

    static Runnable failing(StoreException.Kind kind) {
        return () -> {
            throw new StoreException(kind, "laid in by the test");
        };
    }

    ScriptedStore showing(ClusterView view) {
        fixed = Optional.of(view);
        return this;
    }

    ScriptedStore beforeRead(Runnable event) {
        beforeReads.add(event);
        return this;
    }

    ScriptedStore beforeWrite(Runnable event) {
        beforeWrites.add(event);
        return this;
    }

    ScriptedStore afterWrite(Runnable event) {
        afterWrites.add(event);
        return this;
    }

    int writes() {
        return writes;
    }

    boolean isClosed() {
        return closed;
    }

    private <T> T read(Supplier<T> read) {
        if (!beforeReads.isEmpty()) {
            beforeReads.remove().run();
        }
        return read.get();
    }

    private void write(Runnable write) {
        writes++;
        if (!beforeWrites.isEmpty()) {
            beforeWrites.remove().run();
        }
        write.run();
        if (!afterWrites.isEmpty()) {
            afterWrites.remove().run();
        }
    }

    @Override
    public Initialized init() {
        return read(store::init);
    }

    @Override
    public ClusterIdentity cluster() {
        return read(store::cluster);
    }

    @Override
    public ClusterView view() {
        return read(() -> fixed.orElseGet(store::view));
    }

    @Override
    public MasterRecord master() {
        return read(store::master);
    }

    @Override
    public Optional<RosterEntry> roster(NodeId id) {
        return read(() -> store.roster(id));
    }

    @Override
    public Optional<Member> live(NodeId id) {
        return read(() -> store.live(id));
    }

    @Override
    public Standing standing(NodeId id) {
        return read(() -> store.standing(id));
    }

    @Override
    public Standing glimpse(NodeId id) {
        return read(() -> store.glimpse(id));
    }

    @Override
    public List<Member> peers(NodeId self, int limit) {
        return read(() -> store.peers(self, limit));
    }

    @Override
    public History history() {
        return read(store::history);
    }

    @Override
    public Intents intents() {
        return read(store::intents);
    }

    @Override
    public void putPause(Versioned<Pause> pause) {
        write(() -> store.putPause(pause));
    }

    @Override
    public void liftPause(Versioned<Pause> pause, String actor, String reason, Instant at) {
        write(() -> store.liftPause(pause, actor, reason, at));
    }

    @Override
    public void putSwitchover(Versioned<Switchover> switchover, int masterVersion) {
        write(() -> store.putSwitchover(switchover, masterVersion));
    }

    @Override
    public void depose(Versioned<Switchover> switchover, MasterRecord ended) {
        write(() -> store.depose(switchover, ended));
    }

    @Override
    public void put(RosterEntry entry, List<Happening> happenings) {
        write(() -> store.put(entry, happenings));
    }

    @Override
    public void forget(RosterEntry entry) {
        write(() -> store.forget(entry));
    }

    @Override
    public void evict(Eviction eviction) {
        write(() -> store.evict(eviction));
    }

    @Override
    public void registerGuest(Member guest, RosterEntry entry) {
        write(() -> store.registerGuest(guest, entry));
    }

    @Override
    public void releaseGuest(Member guest) {
        write(() -> store.releaseGuest(guest));
    }

    @Override
    public void watchLive(NodeId id, Runnable whenGone) {
        store.watchLive(id, whenGone);
    }

    @Override
    public MasterRecord watchMaster(Runnable whenChanged) {
        return store.watchMaster(whenChanged);
    }

    @Override
    public int watchMembers(Runnable whenChanged) {
        return store.watchMembers(whenChanged);
    }

    @Override
    public int countMembers() {
        return store.countMembers();
    }

    @Override
    public List<Intents.Place> watchQueue(Runnable whenChanged) {
        return store.watchQueue(whenChanged);
    }

    @Override
    public void putFenced(RosterEntry entry, int masterVersion, List<Happening> happenings) {
        write(() -> store.putFenced(entry, masterVersion, happenings));
    }

    @Override
    public void close() {
        closed = true;
        store.close();
    }
}
