package io.curia.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatch.CloseMode;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.zookeeper.CreateMode;

/**
 * What one writes with Curator alone: a registration and a {@code LeaderLatch}, as its documentation shows them. The
 * other side of every comparison.
 */
final class BareMember implements LeaderLatchListener {

    private static final int CONNECT_SECONDS = 30;
    private static final int CONNECTION_TIMEOUT_MILLIS = 15_000;

    private final CuratorFramework client;
    private final PersistentNode registration;
    private final LeaderLatch latch;

    BareMember(String connect, String cluster, String id, int sessionTimeoutMillis) {
        client = CuratorFrameworkFactory.newClient(connect, sessionTimeoutMillis, CONNECTION_TIMEOUT_MILLIS,
                new ExponentialBackoffRetry(1000, 3));
        String root = "/bare/" + cluster;
        registration = new PersistentNode(client, CreateMode.EPHEMERAL, false, root + "/members/" + id,
                id.getBytes(StandardCharsets.UTF_8));
        latch = new LeaderLatch(client, root + "/latch", id, CloseMode.NOTIFY_LEADER);
        latch.addListener(this);
    }

    /** Runs one until its standard input ends or it is told to end. */
    public static void main(String... arguments) throws Exception {
        BareMember member = new BareMember(arguments[0], arguments[1], arguments[2], Integer.parseInt(arguments[3]));
        Runtime.getRuntime().addShutdownHook(new Thread(member::stop));
        member.start();
        System.out.println("ready");
        MemberConsole.serve(member.latch::hasLeadership, arguments.length > 4);
    }

    /** Returns once it is registered and stands in the queue. */
    void start() throws Exception {
        client.start();
        client.blockUntilConnected(CONNECT_SECONDS, TimeUnit.SECONDS);
        registration.start();
        latch.start();
        registration.waitForInitialCreate(CONNECT_SECONDS, TimeUnit.SECONDS);
        while (latch.getOurPath() == null) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    CuratorFramework client() {
        return client;
    }

    /** Gives up the lead first, then everything else. */
    void stop() {
        try {
            latch.close();
            registration.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            client.close();
        }
    }

    @Override
    public void isLeader() {
        System.out.println("leader at=" + System.nanoTime());
    }

    @Override
    public void notLeader() {
        System.out.println("follower at=" + System.nanoTime());
    }
}
