package io.curia.wire.message;

import io.curia.model.NodeId;
import java.util.List;

/**
 * How a node watches others, and what came of it since it was started.
 *
 * @param wanted to how many members it means to hold a lifeline; 0 if it leaves deaths to the sessions
 * @param watched the members to which it holds one that stands, by id
 * @param callers how many members hold one to it
 * @param made how many members it reported dead
 * @param accepted how many of those it removed itself
 * @param cleared of how many the lifeline was cut and the process found alive, or not known to be dead
 * @param refuted how many it removed and found alive later: it was wrong
 * @param suffered how often it was removed itself while it lived
 */
public record Vigil(int wanted, List<NodeId> watched, int callers, long made, long accepted, long cleared,
        long refuted, long suffered) {

    /** Of a node that does not watch, or does not say. */
    public static final Vigil NONE = new Vigil(0, List.of(), 0, 0, 0, 0, 0, 0);

    public Vigil {
        watched = List.copyOf(watched);
    }

    /** Returns whether every lifeline that is wanted stands. */
    public boolean isComplete() {
        return watched.size() == wanted;
    }
}
