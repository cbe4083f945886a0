package io.curia.http;

import io.curia.model.ClusterView;
import io.curia.model.Epoch;
import io.curia.runtime.NodeState;
import io.curia.runtime.WatchState;
import io.curia.store.History;
import java.time.Duration;
import java.util.Optional;

/** The node that is shown, as it is at the moment of each call. Safe for use by any thread; no call waits. */
interface Subject {

    /**
     * A mastership that is valid now.
     *
     * @param epoch its number
     * @param remaining for how long it stays valid without a further renewal
     */
    record Validity(Epoch epoch, Duration remaining) {
    }

    /** Returns the name of the cluster that it was told to be in. */
    String cluster();

    NodeState state();

    /** Returns the mastership, if it holds a valid one by the clock at this instant. */
    Optional<Validity> validity();

    /** Returns the cluster as it was last read; empty before the first reading. */
    Optional<ClusterView> view();

    /** Returns the history, whose calls block; empty before ZooKeeper is connected to. */
    Optional<History> history();

    /** Returns how it watches others; empty if it leaves deaths to the sessions. */
    Optional<WatchState> watch();

    /** Returns whether it has been a member that knew whether it leads. */
    boolean hasStarted();

    /** Returns for how long its loop has been busy with one thing; zero while it waits for something to do. */
    Duration busy();
}
