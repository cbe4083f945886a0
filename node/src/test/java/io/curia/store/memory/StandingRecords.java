package io.curia.store.memory;

import io.curia.model.ClusterIdentity;
import io.curia.model.Happening;
import io.curia.model.Incarnation;
import io.curia.model.Intents;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.Observation.Registration;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.store.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What stands in the records of one cluster: sessions and what they hold, the roster, the latch's queue, the master,
 * and what users wrote. Everybody may read it; it is changed by the transactions of a {@link RecordTree}, and by
 * foolish hands.
 */
abstract class StandingRecords {

    final LatchQueue latch;
    final Map<NodeId, RosterEntry> roster = new TreeMap<>();
    final Map<NodeId, Registered> live = new TreeMap<>();
    final FreeRecords free = new FreeRecords();
    final IntentRecords intents = new IntentRecords();
    long revision;
    private final Set<Long> sessions = new HashSet<>();
    private final HistoryRings history = new HistoryRings();
    private Optional<ClusterIdentity> cluster = Optional.empty();
    private MasterRecord master = MasterRecord.VACANT;
    private long nextSession = 0x1000;

    /** A registration and the session that holds it. */
    record Registered(Member member, long session) {
    }

    StandingRecords(String name) {
        latch = new LatchQueue("/curia/" + name + "/latch/latch-");
    }

    /** Makes the tree if there is none; returns whether this call made it. */
    public final boolean init(String name, String uuid, Instant now) {
        if (cluster.isPresent()) {
            return false;
        }
        cluster = Optional.of(new ClusterIdentity(name, uuid, now));
        revision++;
        return true;
    }

    /** Returns which cluster this is; empty if the tree was never made. */
    public final Optional<ClusterIdentity> cluster() {
        return cluster;
    }

    /** Returns a number that grows with every change. */
    public final long revision() {
        return revision;
    }

    /** Begins a session. */
    public final long openSession() {
        long id = nextSession++;
        sessions.add(id);
        return id;
    }

    /** Ends a session, whether it expired or was closed: everything that it held is gone at once. */
    public final void endSession(long session) {
        if (sessions.remove(session)) {
            live.values().removeIf(found -> found.session() == session);
            latch.dropSession(session);
            revision++;
        }
    }

    public final boolean hasSession(long session) {
        return sessions.contains(session);
    }

    public final MasterRecord master() {
        return master;
    }

    public final Optional<RosterEntry> roster(NodeId id) {
        return Optional.ofNullable(roster.get(id));
    }

    public final Collection<RosterEntry> roster() {
        return roster.values();
    }

    public final Optional<Member> live(NodeId id) {
        return Optional.ofNullable(live.get(id)).map(Registered::member);
    }

    public final Collection<Member> live() {
        return live.values().stream().map(Registered::member).toList();
    }

    /** Returns the session that holds the registration of a node. */
    public final Optional<Long> holderOf(NodeId id) {
        return Optional.ofNullable(live.get(id)).map(Registered::session);
    }

    /** Returns the latch's queue, to be looked at. */
    public final LatchQueue latch() {
        return latch;
    }

    /** Returns what operators want, and the queue, whether or not its order matters to anybody. */
    public final Intents intents() {
        return intents.with(latch);
    }

    /** Returns the data of a user's record. */
    public final Optional<byte[]> data(String path) {
        return free.data(path);
    }

    /** Returns what was recorded of this tree's changes. */
    public final HistoryRings history() {
        return history;
    }

    /** Records {@code happenings} if {@code outcome} is that of a change that was made; returns the outcome. */
    public final Outcome noting(Outcome outcome, List<Happening> happenings, Instant now) {
        if (outcome.isDone()) {
            revision++;
            history.add(happenings, revision, now);
        }
        return outcome;
    }

    /** Returns what a session sees now; {@code leading} is what its latch believes of itself. */
    public final Observation observe(long session, Duration timeout, NodeId self, boolean leading) {
        Optional<Registration> own = Optional.ofNullable(live.get(self))
                .map(found -> new Registration(found.member().incarnation(), found.session() == session));
        Optional<LatchPlace> place = latch.placeOf(session)
                .map(path -> new LatchPlace(path, leading, latch.ahead(path), latch.predecessor(path)));
        return new Observation(true, session, timeout, roster(self), own, place, master, holderLive(),
                intents.asOf(latch));
    }

    private boolean holderLive() {
        return master.tenure().filter(tenure -> isLive(tenure.id(), tenure.incarnation())).isPresent();
    }

    final boolean isLive(NodeId id, Incarnation incarnation) {
        return live(id).filter(member -> member.incarnation().equals(incarnation)).isPresent();
    }

    /** Removes a registration, as a foolish operator would; returns whether there was one. */
    public final boolean deleteLive(NodeId id) {
        boolean removed = live.remove(id) != null;
        revision++;
        return removed;
    }

    /** Removes a latch place, as a foolish operator would; returns whether there was one. */
    public final boolean deleteLatch(String path) {
        boolean removed = latch.delete(path);
        revision++;
        return removed;
    }

    final boolean rosterAt(RosterEntry entry) {
        RosterEntry stored = roster.get(entry.id());
        return entry.version() == (stored == null ? RosterEntry.NOT_STORED : stored.version());
    }

    final int store(RosterEntry entry) {
        revision++;
        int version = entry.version() + 1;
        roster.put(entry.id(), entry.withVersion(version));
        return version;
    }

    final int store(Tenure tenure) {
        revision++;
        master = new MasterRecord(Optional.of(tenure), master.version() + 1);
        return master.version();
    }
}
