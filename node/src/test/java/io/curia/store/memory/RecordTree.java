package io.curia.store.memory;

import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.RosterEntry;
import io.curia.model.Switchover;
import io.curia.model.Takeover;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import io.curia.store.ClusterStore.Eviction;
import io.curia.store.FencedWrite;
import io.curia.store.NodeSession.Claim;
import io.curia.store.NodeSession.EndedTenure;
import io.curia.store.NodeSession.Leaving;
import io.curia.store.NodeSession.Removal;
import io.curia.store.NodeSession.Removed;
import io.curia.store.Outcome;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The records of one cluster with the conditional transactions on them, as the coordination service would commit
 * them: one at a time, all or nothing. Pure state: no thread, clock or randomness; not safe for several threads.
 *
 * <p>Open to subclasses, so that the simulator can be shown trees with a condition missing.
 */
public class RecordTree extends StandingRecords {

    public RecordTree(String name) {
        super(name);
    }

    /** Stores a roster entry, if the stored one has its version. */
    public final Outcome put(RosterEntry entry) {
        return rosterAt(entry) ? Outcome.done(store(entry)) : conflict("roster version");
    }

    /** Removes a roster entry, if the stored one has its version. */
    public final Outcome forget(RosterEntry entry) {
        return rosterAt(entry) ? Outcome.done(roster.remove(entry.id()).version()) : conflict("roster version");
    }

    /** Stores a roster entry, if the stored one has its version and the master record has {@code masterVersion}. */
    public final Outcome putFenced(RosterEntry entry, int masterVersion) {
        return isCurrent(masterVersion) ? put(entry) : fencedOff();
    }

    /** Creates a registration and notes it in the roster. */
    public final Outcome register(long session, Member member, RosterEntry entry) {
        if (!hasSession(session)) {
            return conflict("session is over");
        }
        if (!rosterAt(entry) || live.containsKey(member.id())) {
            return conflict("roster version, or registered");
        }
        live.put(member.id(), new Registered(member, session));
        return Outcome.done(store(entry));
    }

    /** Forgets a guest if this session still holds it for that incarnation; returns whether it did. */
    public final boolean release(long session, Member member) {
        Registered found = live.get(member.id());
        boolean mine = found != null && found.session() == session
                && found.member().incarnation().equals(member.incarnation());
        if (mine) {
            roster.remove(member.id());
        }
        return mine && deleteLive(member.id());
    }

    /** Queues a session in the latch, at the tail; does nothing if it queues already. */
    public final Outcome enterLatch(long session, NodeId id) {
        if (!hasSession(session)) {
            return conflict("session is over");
        }
        if (latch.enter(session, id)) {
            revision++;
        }
        return Outcome.done(0);
    }

    /** Gives up a session's place in the latch, if it has one. */
    public final Outcome withdrawLatch(long session) {
        latch.placeOf(session).ifPresent(this::deleteLatch);
        return Outcome.done(0);
    }

    /** Stores a new tenure, if its latch place, the claimant's roster entry, the master and the grounds are as read. */
    public final Outcome claim(Claim claim) {
        if (!stands(claim) || !claim.takeover().map(this::take).orElse(true)) {
            return conflict("latch place, roster, master, pause or switchover version");
        }
        return Outcome.done(store(claim.tenure()));
    }

    private boolean take(Takeover over) {
        if (!over.settled().map(this::isAsRead).orElse(true) || !deleteLatch(over.ended().latchPath())) {
            return false;
        }
        over.settled().ifPresent(intents::store);
        return true;
    }

    private boolean stands(Claim claim) {
        Tenure tenure = claim.tenure();
        return hasPlace(tenure) && isAdmitted(tenure.id(), claim.rosterVersion())
                && isCurrent(claim.masterVersion()) && hasPause(claim.grounds().pauseVersion())
                && hasSwitchover(claim.grounds().switchoverVersion());
    }

    protected boolean hasPause(int pauseVersion) {
        return pauseVersion == Versioned.NOT_STORED || pauseVersion == intents.pause().version();
    }

    protected boolean hasSwitchover(int switchoverVersion) {
        return switchoverVersion == Versioned.NOT_STORED || switchoverVersion == intents.switchover().version();
    }

    protected boolean hasPlace(Tenure tenure) {
        return latch.stands(tenure.latchPath());
    }

    protected boolean isAdmitted(NodeId id, int rosterVersion) {
        return roster(id).filter(entry -> entry.version() == rosterVersion).isPresent();
    }

    protected boolean isCurrent(int masterVersion) {
        return masterVersion == master().version();
    }

    /** Changes nothing; succeeds if the tenure's latch place stands and the master record is as read. */
    public final Outcome renew(Tenure tenure, int masterVersion) {
        return isCurrent(masterVersion) && hasPlace(tenure)
                ? Outcome.done(masterVersion) : conflict("latch place or master version");
    }

    /** Stores the ending of a tenure, if the master record is as read. */
    public final Outcome end(Tenure ended, int masterVersion) {
        return isCurrent(masterVersion) ? Outcome.done(store(ended)) : conflict("master version");
    }

    /** Stores the ending of a tenure and the switchover it ends for, and removes its latch place. */
    public Outcome stepAside(Tenure ended, int masterVersion, Optional<Versioned<Switchover>> settled) {
        boolean asRead = settled.map(this::isAsRead).orElse(true);
        if (!isCurrent(masterVersion) || !asRead || !deleteLatch(ended.latchPath())) {
            return conflict("latch place, switchover version or master version");
        }
        settled.ifPresent(intents::store);
        return Outcome.done(store(ended));
    }

    protected boolean isAsRead(Versioned<Switchover> switchover) {
        return switchover.version() == intents.switchover().version();
    }

    /** Stores a switchover, if it and the master record are as read. */
    public final Outcome put(Versioned<Switchover> switchover, int masterVersion) {
        if (!isCurrent(masterVersion) || !isAsRead(switchover)) {
            return conflict("switchover version or master version");
        }
        revision++;
        return Outcome.done(intents.store(switchover));
    }

    /** Stores the pause, if it is as read. */
    public final Outcome put(Versioned<Pause> pause) {
        if (pause.version() != intents.pause().version()) {
            return conflict("pause version");
        }
        revision++;
        return Outcome.done(intents.storePause(pause));
    }

    /** Stores a switchover and the ended tenure, if both are as read, and removes the latch place of that tenure. */
    public final Outcome depose(Versioned<Switchover> switchover, MasterRecord ended) {
        if (!isCurrent(ended.version()) || !isAsRead(switchover)) {
            return conflict("switchover version or master version");
        }
        Tenure tenure = ended.tenure().orElseThrow();
        latch.delete(tenure.latchPath());
        intents.store(switchover);
        return Outcome.done(store(tenure));
    }

    /** Notes a departure, removes what the session holds, and ends its tenure. */
    public final Outcome leave(long session, Leaving leaving) {
        NodeId id = leaving.departed().id();
        boolean registered = holderOf(id).filter(holder -> holder == session).isPresent();
        boolean queued = leaving.latchPath().map(latch::stands).orElse(true);
        if (!rosterAt(leaving.departed()) || !registered || !queued) {
            return conflict("roster version, registration or latch place");
        }
        if (leaving.ended().map(EndedTenure::masterVersion).filter(v -> v != master().version()).isPresent()) {
            return conflict("master version");
        }
        deleteLive(id);
        leaving.latchPath().ifPresent(this::deleteLatch);
        leaving.ended().ifPresent(ended -> store(ended.tenure()));
        return Outcome.done(store(leaving.departed()));
    }

    /** Carries out an eviction: roster entry, registration, these latch places, the tenure if the node was master. */
    public final Outcome evict(Eviction eviction, Collection<String> places) {
        boolean registered = eviction.live().map(member -> isLive(member.id(), member.incarnation())).orElse(true);
        boolean current = eviction.endedMaster().map(ended -> isCurrent(ended.version())).orElse(true)
                && eviction.masterVersion().stream().allMatch(this::isCurrent);
        if (!rosterAt(eviction.entry()) || !registered || !current || !places.stream().allMatch(latch::stands)) {
            return conflict("roster version, registration, latch place or master version");
        }
        eviction.live().ifPresent(member -> deleteLive(member.id()));
        places.forEach(latch::delete);
        eviction.endedMaster().flatMap(MasterRecord::tenure).ifPresent(this::store);
        return noting(Outcome.done(store(eviction.entry())), eviction.happenings(), eviction.entry().at());
    }

    /** Takes down what these registrations hold, those of them that stand; claims with it, if that is possible. */
    public Removed remove(NodeId self, List<Removal> removals, Optional<Claim> claim) {
        RemovalFromTree removal = new RemovalFromTree(this, self, Removal.require(self, removals));
        Optional<Claim> made = claim.filter(wanted -> isCurrent(wanted.masterVersion()) && removal.isOver()
                && isNext(wanted, removal.places()));
        if (made.isPresent() && !stands(made.get())) {
            return new Removed(conflict("latch place, roster, pause or switchover version"), true);
        }
        return new Removed(removal.commit(made), made.isPresent());
    }

    protected boolean isNext(Claim claim, List<String> going) {
        return latch.isNext(claim.tenure().latchPath(), going);
    }

    /** Commits writes to the users' own records, if the master record is as read. */
    public Outcome fenced(int masterVersion, List<FencedWrite> writes) {
        if (!isCurrent(masterVersion)) {
            return fencedOff();
        }
        if (!free.commit(writes)) {
            return conflict("a condition of the writes");
        }
        revision++;
        return Outcome.done(masterVersion);
    }

    private static Outcome conflict(String what) {
        return Outcome.of(Outcome.Kind.CONFLICT, what);
    }

    private static Outcome fencedOff() {
        return Outcome.of(Outcome.Kind.FENCED, "master version");
    }
}
