package io.curia.runtime;

import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import io.curia.model.YieldedTenure;
import io.curia.wire.Connection;
import io.curia.wire.message.LifelineRequest;
import io.curia.wire.message.Yielded;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The lifelines that others hold to this node. Any thread. */
final class Callers {

    private final AtomicInteger count = new AtomicInteger();
    private final Map<Connection, Incarnation> heirs = new ConcurrentHashMap<>();
    private final Consumer<NodeId> onHeirHungUp;

    /** {@code onHeirHungUp} is told, on the port's thread, when the last lifeline of one who may take over is cut. */
    Callers(Consumer<NodeId> onHeirHungUp) {
        this.onHeirHungUp = onHeirHungUp;
    }

    /** This connection is one; {@code onHungUp} is called if it ends without a goodbye. On the port's thread. */
    void add(LifelineRequest caller, Connection connection, Runnable onHungUp) {
        count.incrementAndGet();
        if (caller.heir()) {
            heirs.put(connection, caller.incarnation());
        }
        connection.onClose(() -> {
            boolean hungUp = connection.goodbye().isEmpty();
            Incarnation heir = heirs.remove(connection);
            // Somebody else may have called in its name.
            if (heir != null && hungUp && !heirs.containsValue(heir)) {
                onHeirHungUp.accept(caller.source().id());
            }
            count.decrementAndGet();
            if (hungUp) {
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
        List<Connection> all = List.copyOf(heirs.keySet());
        Yielded notice = new Yielded(word);
        all.forEach(heir -> heir.send(notice));
        return !all.isEmpty();
    }
}
