package io.curia.runtime;

import io.curia.model.NodeId;
import io.curia.wire.message.Vigil;
import java.util.List;
import java.util.Objects;

/**
 * How a node watches others at one moment.
 *
 * @param vigil to how many it means to hold a lifeline, those that stand, and what came of it
 * @param opening to whom it is opening one that does not stand yet, by id
 */
public record WatchState(Vigil vigil, List<NodeId> opening) {
    public WatchState {
        Objects.requireNonNull(vigil, "vigil");
        opening = List.copyOf(opening);
    }
}
