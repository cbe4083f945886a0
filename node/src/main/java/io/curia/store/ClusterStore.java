package io.curia.store;

import io.curia.model.ClusterIdentity;
import io.curia.model.ClusterView;
import io.curia.model.Happening;
import io.curia.model.Intents;
import io.curia.model.Intents.Place;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.RosterEntry;
import io.curia.model.Switchover;
import io.curia.model.Versioned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The cluster's records, for members that admit others and for operators. Calls block, with a deadline of the
 * implementation's; every failure is a {@link StoreException}. Safe for use by several threads.
 *
 * <p>A write carries the version its decision was based on, inside the entry given. After {@code CONFLICT} read
 * again and decide again; after {@code UNKNOWN_RESULT} read again and see which it was.
 * A record too large to be stored is an {@link IllegalArgumentException}.
 */
public interface ClusterStore extends AutoCloseable {

    /** Makes the cluster's tree if it does not exist; returns its identity and whether this call made it. */
    Initialized init();

    /** Returns which cluster this is; {@code NOT_FOUND} if its tree was never made. */
    ClusterIdentity cluster();

    /** Returns the whole cluster, no older than this call; {@code NOT_FOUND} if there is none. */
    ClusterView view();

    /** Returns the master record, no older than this call. */
    MasterRecord master();

    /**
     * Returns the same, and runs {@code whenChanged} once, soon after the record is another, or the connection was
     * lost and that may have been missed. Called on a thread of the store, which must not be held up.
     */
    MasterRecord watchMaster(Runnable whenChanged);

    /** Returns what operators want of the mastership and how the latch's queue stands, no older than this call. */
    Intents intents();

    /** Returns the roster entry of a node. */
    Optional<RosterEntry> roster(NodeId id);

    /** Returns the registration of a node. */
    Optional<Member> live(NodeId id);

    /** Returns both, each as the other two would, the registration no older than the entry; at the cost of one. */
    Standing standing(NodeId id);

    /**
     * Returns the same as it may have been a moment ago, at half the cost: for whoever acts on it by a write that
     * carries the version, and asks {@link #standing} before it gives up.
     */
    Standing glimpse(NodeId id);

    /**
     * Returns up to {@code limit} live members other than {@code self} that can admit others, which guests cannot;
     * in random order, the master first.
     */
    List<Member> peers(NodeId self, int limit);

    /** Returns what happened to the cluster. */
    History history();

    /** Stores the pause, if the stored one still has its version; it is made if it was never stored. */
    void putPause(Versioned<Pause> pause);

    /**
     * Ends this pause, if the stored one still has its version. The history says who did so and why.
     *
     * @param at when, by the actor's wall clock
     */
    void liftPause(Versioned<Pause> pause, String actor, String reason, Instant at);

    /**
     * Stores the switchover, if the stored one still has its version and the master record still has
     * {@code masterVersion}; it is made if it was never stored.
     */
    void putSwitchover(Versioned<Switchover> switchover, int masterVersion);

    /**
     * Stores the switchover like {@link #putSwitchover}, and in the same transaction the master record with its
     * tenure ended, at the version read, and removes the latch place of that tenure, if it stands.
     */
    void depose(Versioned<Switchover> switchover, MasterRecord ended);

    /**
     * Strikes a node off the roster, if its entry still has {@code entry.version()}. For nodes that are down: a
     * registration moves the version, so that one that was made meanwhile is not hit.
     */
    void forget(RosterEntry entry);

    /**
     * Stores {@code entry}, if the stored one still has {@code entry.version()} (or, if NOT_STORED, is absent), and
     * records {@code happenings} with it.
     */
    void put(RosterEntry entry, List<Happening> happenings);

    /** Stores {@code entry} without a word in the history. */
    default void put(RosterEntry entry) {
        put(entry, List.of());
    }

    /** Carries out an eviction in one transaction, and records it in the history. */
    void evict(Eviction eviction);

    /**
     * Registers a guest in this store's own session and notes it in the roster, under the same conditions as a
     * node's registration.
     */
    void registerGuest(Member guest, RosterEntry entry);

    /**
     * Removes a guest's registration and its roster entry, if this store's session still holds the registration for
     * that incarnation: nothing is remembered of guests, whose names strangers choose.
     */
    void releaseGuest(Member guest);

    /**
     * Runs {@code whenGone} once, soon after the registration of {@code id} ends, or at once if it does not exist.
     * Called on a thread of the store, which must not be held up.
     */
    void watchLive(NodeId id, Runnable whenGone);

    /**
     * Runs {@code whenChanged} once, soon after a registration comes or goes, or the connection was lost and one may
     * have been missed. Called on a thread of the store, which must not be held up.
     *
     * @return how many registrations there are
     */
    int watchMembers(Runnable whenChanged);

    /** Returns how many registrations there are, without listing them: it costs the same however many those are. */
    int countMembers();

    /**
     * Runs {@code whenChanged} once, soon after somebody enters or leaves the latch's queue, or the connection was
     * lost and that may have been missed. Called on a thread of the store, which must not be held up.
     *
     * @return the queue as it stands, first in the queue first
     */
    List<Place> watchQueue(Runnable whenChanged);

    /**
     * Stores {@code entry} like {@link #put}, if the master record still has {@code masterVersion}; else
     * {@code FENCED}. For what a master writes about others.
     */
    void putFenced(RosterEntry entry, int masterVersion, List<Happening> happenings);

    /** Stores {@code entry} as master, without a word in the history. */
    default void putFenced(RosterEntry entry, int masterVersion) {
        putFenced(entry, masterVersion, List.of());
    }

    @Override
    void close();

    /**
     * A cluster's identity, and whether it was made just now.
     *
     * @param cluster which
     * @param created whether by this call
     */
    record Initialized(ClusterIdentity cluster, boolean created) {
    }

    /**
     * An eviction as decided: the roster entry to store, and what to remove with it.
     *
     * @param entry the evicted node's entry, at the version the decision was based on
     * @param live its registration, to be removed; empty if it was down
     * @param endedMaster the master record with its tenure ended, if the node was master, at the version read
     * @param masterVersion the version of the master record that the decision was based on, which it must still have;
     *     empty only for a node that cannot have claimed since: a claim leaves the roster's version as it is, and a
     *     tenure that nobody ended would look as if it had ended with its session, its guard unheeded
     */
    record Eviction(RosterEntry entry, Optional<Member> live, Optional<MasterRecord> endedMaster,
            OptionalInt masterVersion) {

        /** The eviction of a master, or of a node that cannot have claimed since the records were read. */
        public Eviction(RosterEntry entry, Optional<Member> live, Optional<MasterRecord> endedMaster) {
            this(entry, live, endedMaster, endedMaster.stream().mapToInt(MasterRecord::version).findFirst());
        }

        /** Returns what the history says of it. */
        public List<Happening> happenings() {
            List<Happening> told = new ArrayList<>();
            endedMaster.flatMap(MasterRecord::tenure).ifPresent(ended -> told.addAll(Happening.ending(ended, true)));
            told.add(Happening.standing(entry));
            return told;
        }
    }

    /** What the records say of one node. */
    record Standing(Optional<RosterEntry> entry, Optional<Member> live) {
    }
}
