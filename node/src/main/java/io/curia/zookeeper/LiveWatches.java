package io.curia.zookeeper;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells, once each, that a registration has ended.
 *
 * <p>Within a session ZooKeeper makes up for watches missed while disconnected; a new session knows none of them, so
 * after every connect all are set again.
 */
final class LiveWatches {

    private static final Logger LOG = LoggerFactory.getLogger(LiveWatches.class);

    private final Link link;
    private final Set<LiveWatch> watches = ConcurrentHashMap.newKeySet();

    LiveWatches(Link link) {
        this.link = link;
        link.onConnected(() -> link.connected().ifPresent(zk -> watches.forEach(watch -> watch.arm(zk))));
    }

    void add(String path, Runnable whenGone) {
        LiveWatch watch = new LiveWatch(path, whenGone);
        watches.add(watch);
        link.connected().ifPresent(watch::arm);
    }

    void close() {
        watches.clear();
    }

    /** One registration that somebody waits for the end of. */
    private final class LiveWatch implements Watcher {

        private final String path;
        private final Runnable whenGone;

        LiveWatch(String path, Runnable whenGone) {
            this.path = path;
            this.whenGone = whenGone;
        }

        void arm(ZooKeeper zk) {
            Reads.data(zk, path, this).thenAccept(found -> {
                if (found.code() == Code.NONODE) {
                    fire();
                } else if (found.code() != Code.OK && !Failures.isLost(found.code())) {
                    LOG.warn("{} cannot be watched: {}", path, Failures.words(found.code()));
                }
            });
        }

        @Override
        public void process(WatchedEvent event) {
            if (event.getType() == Event.EventType.NodeDeleted) {
                fire();
            } else if (event.getType() != Event.EventType.None) {
                link.connected().ifPresent(this::arm);
            }
        }

        /** Two answers may both say that it is gone; whoever takes it out of the set tells. */
        private void fire() {
            if (watches.remove(this)) {
                whenGone.run();
            }
        }
    }
}
