package io.curia.zookeeper;

import io.curia.model.Happening;
import io.curia.model.MasterRecord;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.store.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through successions in a queue and with a record of its own, which nobody else looks at: two places, of which
 * one claims and leaves and the other finds that it leads. The first real change of master in a node's life is the one
 * that counts, and code that has run once is loaded, but only code that has run often is compiled.
 *
 * <p>Every transaction is one that succeeds, because servers log those that do not. For one thread.
 */
public final class SuccessionRehearsal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SuccessionRehearsal.class);
    private static final int ANY_VERSION = -1;
    private static final long PATIENCE_MILLIS = 1_000;
    private static final long RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final NodeLink link;
    private final CuratorFramework client;
    private final List<ACL> acl;
    private final String stage;
    private final String queue;
    private final String record;
    private LeaderLatch leader;
    private int version;

    SuccessionRehearsal(String stage, NodeLink link) {
        this.link = link;
        this.client = link.client();
        this.acl = link.acl();
        this.stage = stage;
        this.queue = stage + "/latch";
        this.record = stage + "/master";
    }

    /**
     * Goes through one succession: {@code tenure} is claimed, and {@code ended} as its holder has {@code departed}.
     * Blocks, for some milliseconds, or for a few seconds if something is wrong.
     *
     * @return whether it went through; if not, there is no use in trying again
     */
    public boolean round(Tenure tenure, Tenure ended, RosterEntry departed) {
        try {
            return begin() && succeed(tenure, ended, departed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            // Curator declares just this. A rehearsal that fails costs nothing but its purpose.
            LOG.debug("a rehearsal failed", e);
            return false;
        }
    }

    private boolean begin() throws Exception {
        if (leader != null) {
            return true;
        }
        // The record may have been left by an earlier run of this node that was killed.
        if (client.checkExists().forPath(record) == null) {
            client.create().creatingParentsIfNeeded().forPath(record);
        }
        version = client.setData().forPath(record).getVersion();
        leader = new LeaderLatch(client, queue, "leader");
        leader.start();
        return leader.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private boolean succeed(Tenure tenure, Tenure ended, RosterEntry departed) throws Exception {
        Optional<ZooKeeper> zk = link.connected();
        LeaderLatch next = new LeaderLatch(client, queue, "next");
        next.start();
        if (zk.isEmpty() || !queues(next)) {
            close(next);
            return false;
        }
        String place = leader.getOurPath();
        Reads.data(zk.get(), record, changed -> Reads.exists(zk.get(), record, null));
        Happening elected = Happening.succession(MasterRecord.VACANT, tenure).get(0);
        Happening lost = Happening.ending(ended, true).get(0);
        boolean claimed = isDone(transaction().check(place).check(record, version)
                .set(record, RecordCodec.encode(tenure), version).noteAt(stage + "/event-", elected), zk);
        boolean left = claimed && isDone(transaction()
                .set(record, RecordCodec.encode(ended), version + 1).delete(place)
                .set(queue, RecordCodec.encode(departed), ANY_VERSION).noteAt(stage + "/event-", lost), zk);
        boolean leads = left && next.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        close(leader);
        leader = next;
        version += 2;
        return leads;
    }

    private Transaction transaction() {
        return new Transaction(acl);
    }

    private static boolean isDone(Transaction transaction, Optional<ZooKeeper> zk)
            throws InterruptedException, ExecutionException, TimeoutException {
        Outcome outcome = transaction.commit(zk).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        return outcome.isDone();
    }

    /** {@code LeaderLatch} does not say when it has got its place. */
    private static boolean queues(LeaderLatch latch) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (latch.getOurPath() == null && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(RECHECK_NANOS);
        }
        return latch.getOurPath() != null;
    }

    private static void close(LeaderLatch latch) {
        try {
            latch.close();
        } catch (IOException e) {
            LOG.debug("a rehearsal's latch could not be closed; its place goes with the session", e);
        }
    }

    /** Clears the stage. What a run that is killed leaves of it is cleared by the next run of the same node. */
    @Override
    public void close() {
        if (leader != null) {
            close(leader);
            leader = null;
        }
        try {
            client.delete().quietly().deletingChildrenIfNeeded().forPath(stage);
        } catch (Exception e) {
            // Curator declares just this. What stays are two empty znodes, which the next rehearsal removes.
            LOG.debug("{} stays", stage, e);
        }
    }
}
