package io.curia.zookeeper;

import io.curia.model.NodeId;
import io.curia.zookeeper.Reads.Children;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.zookeeper.KeeperException.Code;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This session's place in the queue: one {@code LeaderLatch} at a time, each for one place only.
 *
 * <p>A {@code LeaderLatch} that leads does not notice that its znode is gone, and one that does notice queues again
 * by itself, whether or not the node may. So its own opinion of its place is never enough: {@link #lose} closes a
 * latch as soon as its place is seen to be gone, taken by nobody or by another session, or silently replaced by
 * another, and only {@link #enter} makes a new one. Closing removes whatever znode the latch has, also one whose
 * creation is still under way (the latch deletes it when the answer arrives, and a creation whose answer was lost is
 * found again by its random prefix).
 *
 * <p>A creation that fails is only logged by {@code LeaderLatch}, and then it never queues: a latch that has no
 * place {@value #PATIENCE_SECONDS} s after it was asked to is replaced by the next {@link #enter}.
 *
 * <p>Closing may wait for a lock of the latch: never to be called on ZooKeeper's event thread.
 */
final class ZkLatch implements LeaderLatchListener {

    static final int PATIENCE_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(ZkLatch.class);

    private final CuratorFramework client;
    private final String directory;
    private final NodeId self;
    private final Runnable whenLeadershipChanges;
    private LeaderLatch latch;
    private String place;
    private long waitingSinceNanos;
    /** How many were ahead in the queue when it was last listed; fewer may be by now, never more. */
    private OptionalInt ahead = OptionalInt.empty();
    private Optional<String> predecessor = Optional.empty();

    /** {@code whenLeadershipChanges} is called on the latch's threads, under its lock: it may only enqueue. */
    ZkLatch(CuratorFramework client, String directory, NodeId self, Runnable whenLeadershipChanges) {
        this.client = client;
        this.directory = directory;
        this.self = self;
        this.whenLeadershipChanges = whenLeadershipChanges;
    }

    /** Queues, unless this session already does or is about to. */
    synchronized void enter(long nowNanos) {
        if (latch != null && place() == null
                && nowNanos - waitingSinceNanos > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
            LOG.warn("node {}: the latch got no place within {} s; replacing it", self, PATIENCE_SECONDS);
            drop();
        }
        if (latch == null) {
            start(nowNanos);
        }
    }

    private void start(long nowNanos) {
        LeaderLatch fresh = new LeaderLatch(client, directory, self.value());
        fresh.addListener(this, Runnable::run);
        try {
            fresh.start();
        } catch (Exception e) {
            // Curator declares just this, for a latch that was started before.
            throw new IllegalStateException("a new latch did not start", e);
        }
        latch = fresh;
        waitingSinceNanos = nowNanos;
    }

    /** After a reconnect a latch without a place begins to queue anew; it gets its time for that. */
    synchronized void onReconnected(long nowNanos) {
        waitingSinceNanos = nowNanos;
    }

    /** Closes the latch and forgets its place. Idempotent. */
    synchronized void drop() {
        if (latch == null) {
            return;
        }
        try {
            latch.close();
        } catch (IOException e) {
            LOG.warn("node {}: the latch did not close in order; its place goes with the session", self, e);
        }
        latch = null;
        place = null;
        ahead = OptionalInt.empty();
        predecessor = Optional.empty();
    }

    /** Returns the znode that holds this session's place; empty if there is none, or none any more. */
    synchronized Optional<String> path() {
        String now = place();
        if (place != null && !place.equals(now)) {
            LOG.info("node {}: the latch gave up its place {} by itself", self, place);
            drop();
            return Optional.empty();
        }
        place = now;
        return Optional.ofNullable(now);
    }

    private String place() {
        return latch == null ? null : latch.getOurPath();
    }

    /** Closes the latch if its place is still {@code path}, which is seen to be gone or another session's. */
    synchronized void lose(String path) {
        if (path.equals(place)) {
            LOG.info("node {}: the place in the latch is gone: {}", self, path);
            drop();
        }
    }

    /** Returns whether there is a latch that has no place yet. */
    synchronized boolean isWaiting() {
        return latch != null && place() == null;
    }

    synchronized boolean isLeading() {
        return latch != null && latch.hasLeadership();
    }

    /** Notes the queue as it was listed, if it was, while this session's place was {@code path}. */
    synchronized void onListed(String path, Children queue) {
        if (path.equals(place) && queue.code() == Code.OK) {
            int before = 0;
            String last = null;
            // Plainly: the queue may be long, and each of many newcomers goes through it.
            for (String other : queue.names()) {
                if (compareSequences(other, place) < 0) {
                    before++;
                    last = last == null || compareSequences(last, other) < 0 ? other : last;
                }
            }
            ahead = OptionalInt.of(before);
            predecessor = Optional.ofNullable(last).map(name -> directory + "/" + name);
        }
    }

    /** Returns who was right ahead of this place when the queue was last listed. */
    synchronized Optional<String> predecessor() {
        return predecessor;
    }

    /** Returns whether this place was looked for in the queue. */
    synchronized boolean isListed() {
        return ahead.isPresent();
    }

    /** Returns whether this place was at the head of the queue when that was last listed. */
    synchronized boolean isFirst() {
        return isListed() && ahead.getAsInt() == 0;
    }

    /** Returns how many places were ahead of this one when the queue was last listed, which it was. */
    synchronized int ahead() {
        return ahead.orElseThrow();
    }

    /** Returns whether the end of the one who leads is nobody's turn here: it has no place, or others come first. */
    synchronized boolean isFarBehind() {
        return latch == null || isListed() && ahead.getAsInt() > 1;
    }

    /** Places are ordered as {@code LeaderLatch} orders them: by the ten digits at the end. */
    static String sequence(String name) {
        return name.substring(name.lastIndexOf('-') + 1);
    }

    /** Compares as {@link #sequence} would, and makes no text for it. */
    private static int compareSequences(String one, String other) {
        int at = one.lastIndexOf('-') + 1;
        int otherAt = other.lastIndexOf('-') + 1;
        int length = Math.min(one.length() - at, other.length() - otherAt);
        for (int i = 0; i < length; i++) {
            int difference = one.charAt(at + i) - other.charAt(otherAt + i);
            if (difference != 0) {
                return difference;
            }
        }
        return (one.length() - at) - (other.length() - otherAt);
    }

    @Override
    public void isLeader() {
        whenLeadershipChanges.run();
    }

    @Override
    public void notLeader() {
        whenLeadershipChanges.run();
    }
}
