package io.curia.bench;

import io.curia.model.ClusterView;
import io.curia.runtime.ClusterNode;
import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.apache.curator.framework.CuratorFramework;

/** Many members in one JVM, started some at a time; prints when all were ready, were listed, and saw each other. */
final class Crowd {

    private static final int AT_A_TIME = 8;
    private static final int SESSION_MILLIS = 30_000;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Crowd() {
    }

    /** Of what. */
    enum Kind { NODES, BARE }

    /** One member that is about to start. */
    @FunctionalInterface
    private interface Start {
        /** Returns once it is ready. */
        void andWait() throws Exception;
    }

    /** Runs one until it is killed or its standard input ends. */
    public static void main(String... arguments) throws Exception {
        int size = Integer.parseInt(arguments[3]);
        switch (Kind.valueOf(arguments[0])) {
            case NODES -> nodes(arguments[1], arguments[2], size);
            case BARE -> bare(arguments[1], arguments[2], size);
        }
        MemberConsole.serve(() -> false, false);
    }

    private static void nodes(String connect, String cluster, int size) throws Exception {
        List<ClusterNode> nodes = new ArrayList<>();
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            ClusterNode node = ClusterNode.builder("n" + i).zooKeeper(connect).cluster(cluster)
                    .sessionTimeout(Duration.ofMillis(SESSION_MILLIS)).build();
            nodes.add(node);
            starts.add(() -> node.start().join());
        }
        try (ZooKeeperConnection tool = ZooKeeperConnection.forTool(ZooKeeperSettings.of(connect, cluster))) {
            run(starts, () -> tool.store().view().live().size(),
                    () -> nodes.get(0).view().map(ClusterView::live).map(List::size).orElse(0));
        }
    }

    private static void bare(String connect, String cluster, int size) throws Exception {
        List<BareMember> members = new ArrayList<>();
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            BareMember member = new BareMember(connect, cluster, "b" + i, SESSION_MILLIS);
            members.add(member);
            starts.add(member::start);
        }
        IntSupplier listed = () -> children(members.get(0).client(), "/bare/" + cluster + "/members");
        run(starts, listed, listed);
    }

    private static int children(CuratorFramework client, String path) {
        try {
            return client.getChildren().forPath(path).size();
        } catch (Exception e) {
            throw new IllegalStateException("listing " + path, e); // Curator declares just this.
        }
    }

    private static void run(List<Start> starts, IntSupplier listed, IntSupplier viewed) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        CountDownLatch ready = new CountDownLatch(starts.size());
        AtomicInteger failed = new AtomicInteger();
        long begunNanos = System.nanoTime();
        for (Start start : starts) {
            threads.execute(() -> {
                try {
                    start.andWait();
                    ready.countDown();
                } catch (Exception e) {
                    System.out.println("failed " + failed.incrementAndGet() + ": " + e);
                }
            });
        }
        ready.await();
        tell("ready", begunNanos);
        await(listed, starts.size());
        tell("listed", begunNanos);
        await(viewed, starts.size());
        tell("viewed", begunNanos);
        threads.shutdown();
    }

    private static void await(IntSupplier count, int wanted) {
        while (count.getAsInt() < wanted) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static void tell(String event, long begunNanos) {
        double seconds = (System.nanoTime() - begunNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        System.out.println(event + " seconds=" + seconds);
    }
}
