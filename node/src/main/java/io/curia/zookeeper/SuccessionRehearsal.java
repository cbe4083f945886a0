package io.curia.zookeeper;

import io.curia.model.Grounds;
import io.curia.model.Happening;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.model.Takeover;
import io.curia.model.Tenure;
import io.curia.store.NodeSession;
import io.curia.store.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through successions in a queue and with records of its own, which nobody else looks at: two places, of which
 * one claims and leaves, or is removed as dead, and the other finds that it leads. The first real change of master in
 * a node's life is the one that counts, and code that has run once is loaded, but only code that has run often is
 * compiled.
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
    private final NodeId self;
    private final ZnodePaths stage;
    private final Member another;
    private final RosterEntry entry;
    private LeaderLatch leader;
    private int version;
    /** The version of what stands for this node's roster entry, which nobody changes. */
    private int own;

    SuccessionRehearsal(NodeId self, Member another, ZnodePaths stage, NodeLink link) {
        this.self = self;
        this.another = another;
        this.link = link;
        this.client = link.client();
        this.acl = link.acl();
        this.stage = stage;
        this.entry = RosterEntry.admitted(another.id(), another.kind(), "rehearsal", "", another.since())
                .registered(another);
    }

    /**
     * Goes through two successions: another has claimed {@code before} and says that it is over, and is taken over from
     * with {@code heirs}; and the same after a death, with the removal that follows. Blocks, for some milliseconds, or
     * for a few seconds if something is wrong.
     *
     * @param before another's tenure, with its ending
     * @return whether it went through; if not, there is no use in trying again
     */
    public boolean round(Tenure before, Tenure heirs) {
        try {
            return begin()
                    && succeed((zk, place, next) -> claimed(zk, place, before)
                            && takenOver(zk, before, place, heirs, next))
                    && succeed((zk, place, next) -> registered(zk, before)
                            && takenOver(zk, before, place, heirs, next) && removed(zk));
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
        // What is there was left by an earlier run of this node that was killed.
        for (String path : List.of(stage.master(), stage.roster(another.id()), stage.roster(self), stage.live(),
                stage.history())) {
            if (client.checkExists().forPath(path) == null) {
                client.create().creatingParentsIfNeeded().forPath(path);
            }
        }
        version = client.setData().forPath(stage.master()).getVersion();
        own = client.setData().forPath(stage.roster(self)).getVersion();
        leader = latch();
        return leader.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private LeaderLatch latch() throws Exception {
        LeaderLatch latch = new LeaderLatch(client, stage.latch(), self.value());
        latch.start();
        return latch;
    }

    /** How a tenure begins and ends, as far as the records are concerned: in two writes to the master record. */
    private interface Tale {
        boolean isTold(Optional<ZooKeeper> zk, String place, String next) throws Exception;
    }

    private boolean succeed(Tale tale) throws Exception {
        Optional<ZooKeeper> zk = link.connected();
        LeaderLatch next = latch();
        if (zk.isEmpty() || !queues(next)) {
            close(next);
            return false;
        }
        Reads.data(zk.get(), stage.master(), changed -> Reads.exists(zk.get(), stage.master(), null));
        boolean leads = tale.isTold(zk, leader.getOurPath(), next.getOurPath())
                && next.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        close(leader);
        leader = next;
        version += 2;
        return leads;
    }

    private boolean claimed(Optional<ZooKeeper> zk, String place, Tenure tenure) throws Exception {
        return isDone(transaction().check(place).check(stage.master(), version)
                .set(stage.master(), RecordCodec.encode(tenure), version)
                .note(stage, Happening.succession(MasterRecord.VACANT, tenure)).commit(zk));
    }

    private boolean takenOver(Optional<ZooKeeper> zk, Tenure before, String place, Tenure heirs, String next)
            throws Exception {
        Takeover over = new Takeover(at(before, place), Optional.empty());
        Tenure tenure = at(heirs, next);
        return isDone(ZkNodeSession.claim(transaction(), stage,
                new NodeSession.Claim(tenure, version + 1, own, Grounds.NONE, Optional.of(over)))
                .note(stage, Happening.takeover(over.ended(), tenure)).commit(zk));
    }

    private static Tenure at(Tenure tenure, String place) {
        return new Tenure(tenure.epoch(), tenure.id(), tenure.incarnation(), tenure.address(), tenure.pid(), place,
                tenure.since(), tenure.cause(), tenure.claimId(), tenure.guard(), tenure.ending(),
                tenure.keeperPort());
    }

    private boolean registered(Optional<ZooKeeper> zk, Tenure tenure) throws Exception {
        return isDone(transaction()
                .set(stage.roster(another.id()), RecordCodec.encode(entry), ANY_VERSION)
                .create(stage.live(another.id()), RecordCodec.encode(another), CreateMode.EPHEMERAL)
                .set(stage.master(), RecordCodec.encode(tenure), version).commit(zk));
    }

    private boolean removed(Optional<ZooKeeper> zk) throws Exception {
        NodeSession.Removal removal = new NodeSession.Removal(another.id(), another.incarnation(), true, "",
                another.since());
        return isDone(new RemovalTransaction(stage, self, acl, List.of(removal), Optional.empty(), new KnownPlaces())
                .commit(zk, left -> { }).thenApply(NodeSession.Removed::outcome));
    }

    private Transaction transaction() {
        return new Transaction(acl);
    }

    private static boolean isDone(CompletableFuture<Outcome> committed)
            throws InterruptedException, ExecutionException, TimeoutException {
        Outcome outcome = committed.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (!outcome.isDone()) {
            LOG.debug("a rehearsal's write ended {}: {}", outcome.kind(), outcome.detail());
        }
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
            client.delete().quietly().deletingChildrenIfNeeded().forPath(stage.base());
        } catch (Exception e) {
            // Curator declares just this. What stays are two empty znodes, which the next rehearsal removes.
            LOG.debug("{} stays", stage.base(), e);
        }
    }
}
