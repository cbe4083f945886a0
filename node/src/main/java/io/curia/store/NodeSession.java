package io.curia.store;

import io.curia.model.Cause;
import io.curia.model.ClusterIdentity;
import io.curia.model.Departure;
import io.curia.model.Ending;
import io.curia.model.EventType;
import io.curia.model.Grounds;
import io.curia.model.Happening;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.RosterEntry;
import io.curia.model.Switchover;
import io.curia.model.Takeover;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * One node's own session with the coordination service: its registration, its place in the latch, its claims.
 *
 * <p>Nothing here blocks. Every write is one conditional transaction whose {@link Outcome} completes on a thread of
 * the implementation, which must not be held up; a stage never completes exceptionally for anything the service
 * did. What became of a write whose outcome is {@code UNKNOWN}, the next observation shows.
 * A record too large to be stored is an {@link IllegalArgumentException}, thrown at once.
 *
 * <p>The {@code happenings} given with a write go into the cluster's {@link History} in the same transaction.
 */
public interface NodeSession extends AutoCloseable {

    /** Receives what the session sees, in the order in which it was read, one call at a time. Must not block. */
    interface Observer {

        /** Told once, before the first observation: which cluster this is (its tree is made if there was none). */
        void onCluster(ClusterIdentity cluster);

        /** Told after every change that may matter, and from time to time without one. */
        void onObservation(Observation observation);

        /**
         * May be told the moment that this session's place in the latch is known to be gone, ahead of the observation
         * that shows it; such a place never comes back. On any thread, in no order with the rest.
         */
        default void onPlaceGone(String latchPath) {
        }

        /** May be told how long the service took to answer a round of reads; on any thread. */
        default void onLook(Duration roundTrip) {
        }

        /** Told when the records cannot be used at all, and why (no permission, an unknown format). */
        void onFailure(StoreException failure);
    }

    /** Starts connecting and, once connected, observing. Called once. */
    void open(Observer observer);

    /** Asks for a fresh observation soon; calls while one is being read are folded into one. */
    void observe();

    /** Says that nothing which this session may see matters for so long: others may need the processor. */
    void rest(Duration time);

    /** Stores {@code entry}, if the stored one still has {@code entry.version()} (or, if NOT_STORED, is absent). */
    CompletionStage<Outcome> admit(RosterEntry entry);

    /**
     * Creates the registration and stores {@code entry}, which notes it, if the stored one still has
     * {@code entry.version()} and nobody is registered under this id. The registration lives as long as this session.
     */
    CompletionStage<Outcome> register(Member member, RosterEntry entry, List<Happening> happenings);

    /** Registers without a word in the history. */
    default CompletionStage<Outcome> register(Member member, RosterEntry entry) {
        return register(member, entry, List.of());
    }

    /** Queues in the latch; does nothing if this session already queues. Done once asked for, not once queued. */
    CompletionStage<Outcome> enterLatch();

    /**
     * Gives up the place in the latch, if there is one, and forgets the latch that held it. Done once asked for: what
     * this session writes next comes after it, but others may still see the place for a moment.
     */
    CompletionStage<Outcome> withdrawLatch();

    /**
     * Makes the tenure of {@code claim} the current one, if its latch place still stands and everything else is as
     * the claim was decided on; carries out its takeover in the same transaction, if the place that this is to remove
     * still stands. Done carries the new version.
     */
    CompletionStage<Outcome> claim(Claim claim, List<Happening> happenings);

    /** Claims without a word in the history. */
    default CompletionStage<Outcome> claim(Tenure tenure, int masterVersion, int rosterVersion, Grounds grounds) {
        return claim(new Claim(tenure, masterVersion, rosterVersion, grounds), List.of());
    }

    /**
     * Proves, through a quorum, that the latch place of {@code tenure} stood and the master record had
     * {@code masterVersion} at some moment after this call; changes nothing.
     */
    CompletionStage<Outcome> renew(Tenure tenure, int masterVersion);

    /** Stores the ending of a tenure, if the master record still has {@code masterVersion}. */
    CompletionStage<Outcome> end(Tenure ended, int masterVersion, List<Happening> happenings);

    /** Ends a tenure without a word in the history, as for an end that it tells of already. */
    default CompletionStage<Outcome> end(Tenure ended, int masterVersion) {
        return end(ended, masterVersion, List.of());
    }

    /**
     * Ends this node's tenure, stores the switchover that it ends for and gives up its latch place in one
     * transaction, if the master record still has {@code masterVersion} and the stored switchover the version of
     * {@code settled}: whoever is next learns of all at once.
     */
    CompletionStage<Outcome> stepAside(Tenure ended, int masterVersion, Optional<Versioned<Switchover>> settled,
            List<Happening> happenings);

    /** Stores a switchover at the version it carries, if the master record still has {@code masterVersion}. */
    CompletionStage<Outcome> settle(Versioned<Switchover> settled, int masterVersion, List<Happening> happenings);

    /**
     * Leaves in one transaction: notes the departure in the roster, removes the registration and the latch place,
     * and ends the tenure if there is one to end. Once that is done, nothing more is observed, its own effects
     * included; while it is under way, nothing need be.
     */
    CompletionStage<Outcome> leave(Leaving leaving);

    /**
     * Removes dead members in one transaction: their registrations, the latch places of the sessions that hold these,
     * and the tenure of the one that was master, which is ended in the same moment; each departure is noted as a crash,
     * in the roster and in the history.
     *
     * <p>A removal is void, and nothing of it is done, if that very registration does not stand any more when it is
     * looked for; if all are void, or if anything that was looked at moves before the commit, it is a
     * {@code CONFLICT} and nothing is removed. Done carries the version of the master record, which is a new one if
     * a tenure was ended. A place that its session takes only after the latch was listed stays until that session
     * ends; no claim can be made from it.
     *
     * @throws IllegalArgumentException if {@code removals} are none, too many, or name one registration twice or
     *     this node
     */
    default CompletionStage<Outcome> remove(List<Removal> removals) {
        return remove(removals, Optional.empty()).thenApply(Removed::outcome);
    }

    /**
     * Removes dead members as {@link #remove(List)} does and, in the same transaction, makes {@code claim}: if the
     * removal leaves nobody ahead of its latch place, if the master record still has the version that it was decided
     * on, and if the tenure that this shows is over then, with nothing of it left to wait for. Where one of these does
     * not hold, the removal is made without the claim; where a condition of the claim does not, neither is made.
     */
    CompletionStage<Removed> remove(List<Removal> removals, Optional<Claim> claim);

    /** Commits {@code writes} together, if the master record still has {@code masterVersion}; else {@code FENCED}. */
    CompletionStage<Outcome> fenced(int masterVersion, List<FencedWrite> writes);

    /** Ends the session; all that it held is gone when this returns, or soon after if the service is out of reach. */
    @Override
    void close();

    /**
     * A claim, and what it was decided on.
     *
     * @param tenure what is to be the current tenure
     * @param masterVersion the version that the master record must still have
     * @param rosterVersion the version that this node's roster entry must still have
     * @param grounds the operators' wishes that must still hold
     * @param takeover what goes of the tenure before; empty if nothing of it is left
     */
    record Claim(Tenure tenure, int masterVersion, int rosterVersion, Grounds grounds, Optional<Takeover> takeover) {

        public Claim {
            Objects.requireNonNull(tenure, "tenure");
            Objects.requireNonNull(grounds, "grounds");
            Objects.requireNonNull(takeover, "takeover");
        }

        /** A claim by whoever leads. */
        public Claim(Tenure tenure, int masterVersion, int rosterVersion, Grounds grounds) {
            this(tenure, masterVersion, rosterVersion, grounds, Optional.empty());
        }
    }

    /**
     * How a removal ended.
     *
     * @param outcome as of every write
     * @param claimed whether the claim was part of what was sent; it ended as the removal did
     */
    record Removed(Outcome outcome, boolean claimed) {

        public Removed {
            Objects.requireNonNull(outcome, "outcome");
        }
    }

    /**
     * What a node takes down when it leaves.
     *
     * @param departed its roster entry with the departure noted, at the version it was read
     * @param latchPath its place in the latch, if it has one
     * @param ended its ended tenure and the master version it was read at, if it is master
     * @param happenings what the history is to say of it
     */
    record Leaving(RosterEntry departed, Optional<String> latchPath, Optional<EndedTenure> ended,
            List<Happening> happenings) {

        /** Leaves without a word in the history. */
        public Leaving(RosterEntry departed, Optional<String> latchPath, Optional<EndedTenure> ended) {
            this(departed, latchPath, ended, List.of());
        }
    }

    /** A tenure with its ending, and the version of the master record it may replace. */
    record EndedTenure(Tenure tenure, int masterVersion) {
    }

    /**
     * A registration to be removed because its process is dead. Being wrong costs a live member its registration and
     * a live master its tenure; it is then no different from an evicted one that may register again.
     *
     * @param id whose registration
     * @param incarnation which one; no earlier or later one is touched
     * @param proven whether the process is known to be gone: the successor of an unproven master waits out its guard
     * @param evidence how the death was noticed, for people, at most {@value #MAX_EVIDENCE_CHARS} characters
     * @param at when it was decided, by the wall clock of whoever decided
     */
    record Removal(NodeId id, Incarnation incarnation, boolean proven, String evidence, Instant at) {

        /** How many registrations one transaction may remove: what it carries must fit into one request. */
        public static final int MAX_AT_ONCE = 64;

        /** How much may be said of one death. */
        public static final int MAX_EVIDENCE_CHARS = 1000;

        public Removal {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(incarnation, "incarnation");
            Objects.requireNonNull(at, "at");
            if (evidence.length() > MAX_EVIDENCE_CHARS) {
                throw new IllegalArgumentException("evidence: " + evidence.length()
                        + " characters (expected: at most " + MAX_EVIDENCE_CHARS + ")");
            }
        }

        /** Returns whether both records are of the registration that is to be removed. */
        public boolean concerns(RosterEntry roster, Optional<Member> live) {
            return roster.incarnation().filter(incarnation::equals).isPresent()
                    && live.filter(member -> member.incarnation().equals(incarnation)).isPresent();
        }

        /** Returns whether {@code tenure} lasts and is the removed registration's. */
        public boolean ends(Tenure tenure) {
            return tenure.isOf(incarnation) && tenure.ending().isEmpty();
        }

        /** Returns how the tenure of the removed registration ends when {@code actor} removes it. */
        public Ending endingBy(NodeId actor) {
            return new Ending(Cause.CRASH, proven, actor.value(), evidence, at);
        }

        /** Returns what the history says of it when {@code actor} removes the registration noted in {@code entry}. */
        public Happening happening(RosterEntry entry, NodeId actor) {
            return Happening.ended(EventType.CRASHED, entry, actor.value(), evidence);
        }

        /** Returns how the removed registration ends when {@code actor} removes it. */
        public Departure departureBy(NodeId actor) {
            return new Departure(Departure.How.CRASHED, at, actor.value(), evidence);
        }

        /** Returns a copy of {@code removals} if {@code self} may remove all of them at once, or throws. */
        public static List<Removal> require(NodeId self, List<Removal> removals) {
            if (removals.isEmpty() || removals.size() > MAX_AT_ONCE) {
                throw new IllegalArgumentException(
                        "removals: " + removals.size() + " (expected: 1 to " + MAX_AT_ONCE + ")");
            }
            Set<Incarnation> named = new HashSet<>();
            for (Removal removal : removals) {
                if (removal.id.equals(self) || !named.add(removal.incarnation)) {
                    throw new IllegalArgumentException("removals: " + removal.id + "/"
                            + removal.incarnation.abbreviated() + " is this node or named twice (expected: neither)");
                }
            }
            return List.copyOf(removals);
        }
    }
}
