package io.curia.store;

import io.curia.model.ClusterIdentity;
import io.curia.model.Member;
import io.curia.model.Observation;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One node's own session with the coordination service: its registration, its place in the latch, its claims.
 *
 * <p>Nothing here blocks. Every write is one conditional transaction whose {@link Outcome} completes on a thread of
 * the implementation, which must not be held up; a stage never completes exceptionally for anything the service
 * did. What became of a write whose outcome is {@code UNKNOWN}, the next observation shows.
 * A record too large to be stored is an {@link IllegalArgumentException}, thrown at once.
 */
public interface NodeSession extends AutoCloseable {

    /** Receives what the session sees, in the order in which it was read, one call at a time. Must not block. */
    interface Observer {

        /** Told once, before the first observation: which cluster this is (its tree is made if there was none). */
        void onCluster(ClusterIdentity cluster);

        /** Told after every change that may matter, and from time to time without one. */
        void onObservation(Observation observation);

        /** Told when the records cannot be used at all, and why (no permission, an unknown format). */
        void onFailure(StoreException failure);
    }

    /** Starts connecting and, once connected, observing. Called once. */
    void open(Observer observer);

    /** Asks for a fresh observation soon; calls while one is being read are folded into one. */
    void observe();

    /** Stores {@code entry}, if the stored one still has {@code entry.version()} (or, if NOT_STORED, is absent). */
    CompletionStage<Outcome> admit(RosterEntry entry);

    /**
     * Creates the registration and stores {@code entry}, which notes it, if the stored one still has
     * {@code entry.version()} and nobody is registered under this id. The registration lives as long as this session.
     */
    CompletionStage<Outcome> register(Member member, RosterEntry entry);

    /** Queues in the latch; does nothing if this session already queues. Done once asked for, not once queued. */
    CompletionStage<Outcome> enterLatch();

    /** Gives up the place in the latch, if there is one, and forgets the latch that held it. */
    CompletionStage<Outcome> withdrawLatch();

    /**
     * Makes {@code tenure} the current one, if its latch place still stands, this node's roster entry still has
     * {@code rosterVersion} and the master record still has {@code masterVersion}. Done carries the new version.
     */
    CompletionStage<Outcome> claim(Tenure tenure, int masterVersion, int rosterVersion);

    /**
     * Proves, through a quorum, that the latch place of {@code tenure} stood and the master record had
     * {@code masterVersion} at some moment after this call; changes nothing.
     */
    CompletionStage<Outcome> renew(Tenure tenure, int masterVersion);

    /** Stores the ending of a tenure, if the master record still has {@code masterVersion}. */
    CompletionStage<Outcome> end(Tenure ended, int masterVersion);

    /**
     * Ends this node's tenure and gives up its latch place in one transaction, if the master record still has
     * {@code masterVersion}: whoever is next learns of both at once.
     */
    CompletionStage<Outcome> stepAside(Tenure ended, int masterVersion);

    /**
     * Leaves in one transaction: notes the departure in the roster, removes the registration and the latch place,
     * and ends the tenure if there is one to end.
     */
    CompletionStage<Outcome> leave(Leaving leaving);

    /** Commits {@code writes} together, if the master record still has {@code masterVersion}; else {@code FENCED}. */
    CompletionStage<Outcome> fenced(int masterVersion, List<FencedWrite> writes);

    /** Ends the session; all that it held is gone when this returns, or soon after if the service is out of reach. */
    @Override
    void close();

    /**
     * What a node takes down when it leaves.
     *
     * @param departed its roster entry with the departure noted, at the version it was read
     * @param latchPath its place in the latch, if it has one
     * @param ended its ended tenure and the master version it was read at, if it is master
     */
    record Leaving(RosterEntry departed, Optional<String> latchPath, Optional<EndedTenure> ended) {
    }

    /** A tenure with its ending, and the version of the master record it may replace. */
    record EndedTenure(Tenure tenure, int masterVersion) {
    }
}
