package io.curia.zookeeper;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;

/**
 * Tells somebody once that what was read may be something else by now: after a change, or after a lost connection,
 * because a watch that was set in a session that ended is never heard of again.
 */
final class NextChange implements Watcher {

    private final AtomicBoolean told = new AtomicBoolean();
    private final Runnable whenChanged;

    NextChange(Runnable whenChanged) {
        this.whenChanged = whenChanged;
    }

    @Override
    public void process(WatchedEvent event) {
        if (told.compareAndSet(false, true)) {
            whenChanged.run();
        }
    }
}
