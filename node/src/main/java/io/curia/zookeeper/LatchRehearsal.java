package io.curia.zookeeper;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through one change of leader in a queue of its own, which nobody else looks at: the first real change of a
 * node's life is the one that counts, and it takes several times as long as the next ones, while classes are loaded.
 */
final class LatchRehearsal {

    private static final Logger LOG = LoggerFactory.getLogger(LatchRehearsal.class);
    private static final long PATIENCE_MILLIS = 1_000;
    private static final long RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private LatchRehearsal() {
    }

    /** Rehearses below {@code path}, which is gone again when this returns. Blocks, at most for a few seconds. */
    static void at(String path, CuratorFramework client) {
        LeaderLatch first = new LeaderLatch(client, path, "first");
        LeaderLatch second = new LeaderLatch(client, path, "second");
        try {
            first.start();
            boolean leads = first.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            second.start();
            if (leads && queues(second)) {
                first.close();
                second.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // Curator declares just this. A rehearsal that fails costs nothing but its purpose.
            LOG.debug("a rehearsal failed", e);
        }
        close(first);
        close(second);
        remove(path, client);
    }

    private static void close(LeaderLatch latch) {
        if (latch.getState() == LeaderLatch.State.STARTED) {
            try {
                latch.close();
            } catch (IOException e) {
                LOG.debug("a rehearsal's latch could not be closed; its place goes with the session", e);
            }
        }
    }

    /** {@code LeaderLatch} does not say when it has got its place. */
    private static boolean queues(LeaderLatch latch) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (latch.getOurPath() == null && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(RECHECK_NANOS);
        }
        return latch.getOurPath() != null;
    }

    private static void remove(String path, CuratorFramework client) {
        try {
            client.delete().quietly().deletingChildrenIfNeeded().forPath(path);
        } catch (Exception e) {
            // Curator declares just this. What stays is an empty znode, which the next rehearsal removes.
            LOG.debug("{} stays", path, e);
        }
    }
}
