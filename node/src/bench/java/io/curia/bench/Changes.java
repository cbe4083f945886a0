package io.curia.bench;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;

/** When a znode's data changed, noted as ZooKeeper tells of it: a witness that asks nothing meanwhile. */
final class Changes implements Watcher {

    private final List<Long> nanos = new CopyOnWriteArrayList<>();

    @Override
    public void process(WatchedEvent event) {
        if (event.getType() == Event.EventType.NodeDataChanged) {
            nanos.add(System.nanoTime());
        }
    }

    /** Returns when each change was heard of, oldest first. */
    List<Long> nanos() {
        return List.copyOf(nanos);
    }
}
