package io.curia.store;

import io.curia.model.ClusterEvent;
import io.curia.model.EventType;
import io.curia.model.Happening;
import java.util.List;
import java.util.Set;

/**
 * What happened to the cluster, in the order in which the service committed it. Calls block, with a deadline of the
 * implementation's; every failure is a {@link StoreException}. Safe for use by several threads.
 *
 * <p>What is done to a record goes into the history in the same transaction, so that neither is there without the
 * other; {@link #append} is for what changes no record. How many events are remembered,
 * {@link EventType.Ring#capacity()} says; there may be more for a while.
 *
 * <p>The history stands in nobody's way: should it be impossible to write to, a change is made without it.
 */
public interface History {

    /** Matches every event in {@link #after}. */
    long BEGINNING = -1;

    /** Records events that go with no change. After {@code UNKNOWN_RESULT} they may or may not be there. */
    void append(List<Happening> happenings);

    /**
     * Returns what is remembered of the events of these types with a number greater than {@code seq}, no older than
     * this call; {@code NOT_FOUND} if there is no such cluster.
     */
    Excerpt after(long seq, Set<EventType> types);

    /**
     * Runs {@code whenChanged} once, soon after something was recorded, or the connection was lost and something may
     * have been missed. Called on a thread of the store, which must not be held up.
     */
    void watch(Runnable whenChanged);

    /** Forgets what exceeds the rings' capacities; returns how many events that were. For the master, now and then. */
    int trim();

    /**
     * A part of the history, up to its end.
     *
     * @param events those asked for, oldest first
     * @param last the number of the last event recorded, of whatever type: where to go on; {@link #BEGINNING} if there
     *     is none. If it is lower than the number asked for, the history began anew, or that was another's
     * @param forgotten how many events, of whatever type, came after the number asked for and are not remembered
     */
    record Excerpt(List<ClusterEvent> events, long last, long forgotten) {
        public Excerpt {
            events = List.copyOf(events);
        }
    }
}
