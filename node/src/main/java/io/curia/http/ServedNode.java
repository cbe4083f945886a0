package io.curia.http;

import io.curia.model.ClusterView;
import io.curia.runtime.ClusterNode;
import io.curia.runtime.NodeState;
import io.curia.runtime.WatchState;
import io.curia.store.History;
import java.time.Duration;
import java.util.Optional;

/** A real node. */
record ServedNode(ClusterNode node) implements Subject {

    @Override
    public String cluster() {
        return node.cluster();
    }

    @Override
    public NodeState state() {
        return node.state();
    }

    /** Asked once: validity and what remains of it are one answer of one clock. */
    @Override
    public Optional<Validity> validity() {
        return node.mastership().map(held -> new Validity(held.epoch(), held.remaining()))
                .filter(held -> !held.remaining().isZero());
    }

    @Override
    public Optional<ClusterView> view() {
        return node.view();
    }

    @Override
    public Optional<History> history() {
        return node.history();
    }

    @Override
    public Optional<WatchState> watch() {
        return node.watch();
    }

    @Override
    public boolean hasStarted() {
        return node.hasStarted();
    }

    @Override
    public Duration busy() {
        return node.busy();
    }
}
