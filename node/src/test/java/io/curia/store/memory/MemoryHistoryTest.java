package io.curia.store.memory;

import io.curia.store.ClusterStore;
import io.curia.store.HistoryContract;
import io.curia.store.NodeSession;
import java.time.Clock;

class MemoryHistoryTest extends HistoryContract {

    private final MemoryEnsemble ensemble = new MemoryEnsemble("test", Clock.systemUTC());
    private final ClusterStore store = ensemble.store();
    private final ClusterStore otherStore = ensemble.store();

    @Override
    protected ClusterStore store() {
        return store;
    }

    @Override
    protected ClusterStore otherStore() {
        return otherStore;
    }

    @Override
    protected NodeSession newSession(String id) {
        return ensemble.session(id);
    }
}
