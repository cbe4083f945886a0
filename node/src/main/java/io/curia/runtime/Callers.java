package io.curia.runtime;

import io.curia.core.Event;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.model.YieldedTenure;
import io.curia.wire.Connection;
import io.curia.wire.message.LifelineRequest;
import io.curia.wire.message.Yielded;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The lifelines that others hold to this node. Any thread. */
final class Callers {

    private final AtomicInteger count = new AtomicInteger();
    private final Map<Connection, NodeId> heirs = new ConcurrentHashMap<>();
    private final Supplier<NodeState> state;
    private final Consumer<Event> post;

    Callers(Supplier<NodeState> state, Consumer<Event> post) {
        this.state = state;
        this.post = post;
    }

    /** This connection is one; {@code onHungUp} is called if it ends without a goodbye. On the port's thread. */
    void add(LifelineRequest caller, Connection connection, Runnable onHungUp) {
        count.incrementAndGet();
        if (caller.heir()) {
            heirs.put(connection, caller.source().id());
        }
        connection.onClose(() -> {
            boolean hungUp = connection.goodbye().isEmpty();
            NodeId heir = heirs.remove(connection);
            // Anybody may have called in its name, as whatever incarnation.
            if (heir != null && hungUp && !heirs.containsValue(heir)) {
                hungUp(heir);
            }
            count.decrementAndGet();
            if (hungUp) {
                onHungUp.run();
            }
        });
    }

    /** Only a master hands over; everybody else has better things to do when somebody dies. */
    private void hungUp(NodeId heir) {
        Role role = state.get().role();
        if (role == Role.MASTER || role == Role.YIELDING) {
            post.accept(new Event.HungUp(heir));
        }
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
