package io.curia.runtime;

import io.curia.model.YieldedTenure;
import io.curia.wire.Connection;
import io.curia.wire.message.LifelineRequest;
import io.curia.wire.message.Yielded;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The lifelines that others hold to this node. Any thread. */
final class Callers {

    private final AtomicInteger count = new AtomicInteger();
    private final Set<Connection> heirs = ConcurrentHashMap.newKeySet();

    /** This connection is one; {@code onHungUp} is called if it ends without a goodbye. On the port's thread. */
    void add(LifelineRequest caller, Connection connection, Runnable onHungUp) {
        count.incrementAndGet();
        if (caller.heir()) {
            heirs.add(connection);
        }
        connection.onClose(() -> {
            count.decrementAndGet();
            heirs.remove(connection);
            if (connection.goodbye().isEmpty()) {
                onHungUp.run();
            }
        });
    }

    int count() {
        return count.get();
    }

    /**
     * Says to everybody who may take over that this tenure is over: who of them is next, they know themselves. Returns
     * whether there was anybody.
     */
    boolean tellHeirs(YieldedTenure word) {
        List<Connection> all = List.copyOf(heirs);
        Yielded notice = new Yielded(word);
        all.forEach(heir -> heir.send(notice));
        return !all.isEmpty();
    }
}
