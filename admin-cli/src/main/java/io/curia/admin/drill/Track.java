package io.curia.admin.drill;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What one node answered so far, immutable: its last run, and the track before that. However long a round takes, a
 * track grows only when the node says something new or was silent.
 *
 * @param last the last run
 * @param before what came before it; null if nothing did
 */
public record Track(Run last, Track before) {

    /** Returns {@code track}, which may be null for none yet, with the answer {@code next} behind it. */
    public static Track append(Track track, Run next) {
        if (track != null && track.last.isContinuedBy(next)) {
            return new Track(track.last.continuedBy(next), track.before);
        }
        return new Track(next, track);
    }

    /** Returns the runs in order. */
    public List<Run> runs() {
        Deque<Run> runs = new ArrayDeque<>();
        for (Track track = this; track != null; track = track.before) {
            runs.addFirst(track.last);
        }
        return List.copyOf(runs);
    }
}
