package io.curia.store.memory;

import io.curia.store.ClusterStore;
import io.curia.store.NodeSession;
import io.curia.store.NodeSessionContract;
import java.time.Clock;

class MemoryNodeSessionTest extends NodeSessionContract {

    private final MemoryEnsemble ensemble = new MemoryEnsemble("test", Clock.systemUTC());
    private final ClusterStore store = ensemble.store();

    @Override
    protected NodeSession newSession(String id) {
        return ensemble.session(id);
    }

    @Override
    protected ClusterStore store() {
        return store;
    }

    @Override
    protected void expire(NodeSession session) {
        ((MemoryNodeSession) session).expire();
    }
}
