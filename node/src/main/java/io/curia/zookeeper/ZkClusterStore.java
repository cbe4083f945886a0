package io.curia.zookeeper;

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
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import io.curia.zookeeper.Reads.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;

/** The cluster's records in ZooKeeper. Reads that promise to be fresh are preceded by a {@code sync}. */
final class ZkClusterStore implements ClusterStore {

    private final Link link;
    private final ZooKeeperSettings settings;
    private final ZnodePaths paths;
    private final List<ACL> acl;
    private final Calls calls;
    private final LiveWatches watches;
    private final IntentStore intents;
    private final GuestStore guests;

    ZkClusterStore(Link link, ZooKeeperSettings settings, List<ACL> acl) {
        this.link = link;
        this.settings = settings;
        this.paths = ZnodePaths.of(settings);
        this.acl = acl;
        this.calls = new Calls(link, settings.connectTimeout());
        this.watches = new LiveWatches(link);
        this.intents = new IntentStore(paths, calls, this::transaction, this::write);
        this.guests = new GuestStore(paths, calls, this::transaction, this::write);
    }

    @Override
    public Initialized init() {
        Found found = calls.read(zk -> Reads.data(zk, paths.cluster(), null)).orThrow();
        return found.isThere()
                ? new Initialized(RecordCodec.clusterIdentity(found.path(), found.data()), false)
                : calls.read(new ClusterTree(settings)::complete);
    }

    @Override
    public ClusterIdentity cluster() {
        return calls.read(zk -> Reads.data(zk, paths.cluster(), null).thenApply(this::identity));
    }

    @Override
    public ClusterView view() {
        AtomicBoolean first = new AtomicBoolean(true);
        // Many answers in one packet may be more than the client takes: then it hangs up, and they are asked for anew.
        return calls.read(zk -> new ViewRead(zk, paths, this::identity, first.getAndSet(false)).take());
    }

    @Override
    public MasterRecord master() {
        return calls.read(zk -> master(zk, null));
    }

    @Override
    public MasterRecord watchMaster(Runnable whenChanged) {
        NextChange next = new NextChange(whenChanged);
        return calls.read(zk -> master(zk, next));
    }

    private CompletableFuture<MasterRecord> master(ZooKeeper zk, NextChange next) {
        return Reads.fresh(zk, paths.master(), next).thenApply(found -> {
            if (!found.orThrow().isThere()) {
                throw noCluster();
            }
            return RecordCodec.masterRecord(found.path(), found.data(), found.stat().getVersion());
        });
    }

    @Override
    public Intents intents() {
        return intents.read();
    }

    @Override
    public void putPause(Versioned<Pause> pause) {
        intents.put(pause, pause.what().map(Happening::paused).stream().toList());
    }

    @Override
    public void liftPause(Versioned<Pause> pause, String actor, String reason, Instant at) {
        intents.put(pause.cleared(), List.of(Happening.resumed(pause.what(), actor, reason, at)));
    }

    @Override
    public void putSwitchover(Versioned<Switchover> switchover, int masterVersion) {
        intents.put(switchover, masterVersion);
    }

    @Override
    public void depose(Versioned<Switchover> switchover, MasterRecord ended) {
        intents.depose(switchover, ended);
    }

    @Override
    public Optional<RosterEntry> roster(NodeId id) {
        return calls.read(zk -> Reads.fresh(zk, paths.roster(id), null).thenApply(ZkClusterStore::entry));
    }

    @Override
    public Optional<Member> live(NodeId id) {
        return calls.read(zk -> Reads.fresh(zk, paths.live(id), null).thenApply(ZkClusterStore::member));
    }

    @Override
    public Standing standing(NodeId id) {
        return calls.read(zk -> standing(zk, id, Reads.fresh(zk, paths.roster(id), null)));
    }

    @Override
    public Standing glimpse(NodeId id) {
        return calls.read(zk -> standing(zk, id, Reads.data(zk, paths.roster(id), null)));
    }

    private CompletableFuture<Standing> standing(ZooKeeper zk, NodeId id, CompletableFuture<Found> roster) {
        return roster.thenCombine(Reads.data(zk, paths.live(id), null),
                (entry, live) -> new Standing(entry(entry), member(live)));
    }

    @Override
    public List<Member> peers(NodeId self, int limit) {
        List<String> names = calls.read(zk -> master(zk, null).thenCombine(Reads.children(zk, paths.live()),
                (master, live) -> inOrder(master.tenure().map(Tenure::id), live.orThrow().names())));
        names.remove(self.value());
        List<Member> peers = new ArrayList<>();
        // Some may be guests, or gone since they were listed: go on until there are enough.
        for (int from = 0; from < names.size() && peers.size() < limit; from += limit) {
            List<String> some = names.subList(from, Math.min(from + limit, names.size()));
            members(some).stream()
                    .filter(member -> member.kind() != MemberKind.GUEST)
                    .limit(limit - peers.size())
                    .forEach(peers::add);
        }
        return List.copyOf(peers);
    }

    private static List<String> inOrder(Optional<NodeId> first, List<String> live) {
        List<String> names = new ArrayList<>(live);
        Collections.shuffle(names);
        first.map(NodeId::value).filter(names::remove).ifPresent(name -> names.add(0, name));
        return names;
    }

    private List<Member> members(List<String> names) {
        return calls.read(zk -> ViewRead.all(names.stream()
                        .map(name -> Reads.data(zk, paths.live() + "/" + name, null)).toList())
                .thenApply(found -> found.stream().flatMap(one -> member(one).stream()).toList()));
    }

    @Override
    public History history() {
        return new ZkHistory(calls, paths, acl);
    }

    @Override
    public void forget(RosterEntry entry) {
        write(transaction().delete(paths.roster(entry.id()), entry.version()));
    }

    @Override
    public void put(RosterEntry entry, List<Happening> happenings) {
        write(ZkNodeSession.put(transaction(), paths, entry).note(paths, happenings));
    }

    @Override
    public void putFenced(RosterEntry entry, int masterVersion, List<Happening> happenings) {
        write(ZkNodeSession.put(transaction().fence(paths.master(), masterVersion), paths, entry)
                .note(paths, happenings));
    }

    /**
     * The roster's version vouches for what comes later: whoever registers moves it, whoever claims needs it unmoved.
     * A place in the latch that the node takes after it was listed here can therefore not lead to a claim. For a claim
     * that came before, only the master record's version can vouch.
     */
    @Override
    public void evict(Eviction eviction) {
        NodeId id = eviction.entry().id();
        Transaction transaction = ZkNodeSession.put(transaction(), paths, eviction.entry());
        eviction.masterVersion().ifPresent(version -> transaction.check(paths.master(), version));
        eviction.live().ifPresent(live -> transaction.delete(paths.live(id)));
        places(id).forEach(transaction::delete);
        eviction.endedMaster().ifPresent(ended -> transaction.set(paths.master(),
                RecordCodec.encode(ended.tenure().orElseThrow(() -> new IllegalArgumentException(
                        "ended master: no tenure (expected: the one that ends)"))), ended.version()));
        write(transaction.note(paths, eviction.happenings()));
    }

    /** The latch's znodes that this node queues with. */
    private List<String> places(NodeId id) {
        return calls.read(zk -> QueueRead.take(zk, paths, null)).stream()
                .filter(place -> place.id().equals(id)).map(Place::path).toList();
    }

    @Override
    public void registerGuest(Member guest, RosterEntry entry) {
        guests.register(guest, entry);
    }

    @Override
    public void releaseGuest(Member guest) {
        guests.release(guest);
    }

    @Override
    public void watchLive(NodeId id, Runnable whenGone) {
        watches.add(paths.live(id), whenGone);
    }

    @Override
    public int watchMembers(Runnable whenChanged) {
        return calls.read(zk -> MemberCount.watched(zk, paths, whenChanged));
    }

    @Override
    public int countMembers() {
        return calls.read(zk -> MemberCount.now(zk, paths));
    }

    @Override
    public List<Place> watchQueue(Runnable whenChanged) {
        return intents.watchQueue(whenChanged);
    }

    /** Nothing of its own to free: the session belongs to the connection. */
    @Override
    public void close() {
        watches.close();
    }

    private Transaction transaction() {
        return new Transaction(acl);
    }

    /** A tree that does not exist fails a condition like any other; it is told apart afterwards. */
    private void write(Transaction transaction) {
        try {
            calls.write(transaction);
        } catch (StoreException e) {
            if (e.kind() == Kind.CONFLICT
                    && calls.read(zk -> Reads.data(zk, paths.cluster(), null)).code() == Code.NONODE) {
                throw noCluster();
            }
            throw e;
        }
    }

    private ClusterIdentity identity(Found found) {
        if (!found.orThrow().isThere()) {
            throw noCluster();
        }
        return RecordCodec.clusterIdentity(found.path(), found.data());
    }

    private StoreException noCluster() {
        return new StoreException(Kind.NOT_FOUND,
                "no cluster " + settings.cluster() + " below " + settings.root() + " at " + settings.connect());
    }

    static Optional<RosterEntry> entry(Found found) {
        return found.orThrow().isThere()
                ? Optional.of(RecordCodec.rosterEntry(found.path(), found.data(), found.stat().getVersion()))
                : Optional.empty();
    }

    static Optional<Member> member(Found found) {
        return found.orThrow().isThere()
                ? Optional.of(RecordCodec.member(found.path(), found.data())) : Optional.empty();
    }
}
