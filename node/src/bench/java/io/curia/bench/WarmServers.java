package io.curia.bench;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.CuratorWatcher;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.zookeeper.CreateMode;

/**
 * Works the servers until they run as those of a real ensemble do, which have run for weeks: what both sides of the
 * comparison ask of them, through each server, some thousand times.
 */
final class WarmServers implements Callable<Void> {

    private static final int TURNS = 1_500;
    private static final int PATIENCE_SECONDS = 30;

    private final String server;
    private final int number;

    private WarmServers(String server, int number) {
        this.server = server;
        this.number = number;
    }

    /** Returns when all of them are warm. */
    static void behind(String connectString) throws InterruptedException, ExecutionException {
        List<String> servers = Stream.of(connectString.split(",")).toList();
        ExecutorService threads = Executors.newFixedThreadPool(servers.size());
        try {
            List<Future<Void>> all = threads.invokeAll(servers.stream()
                    .map(server -> new WarmServers(server, servers.indexOf(server))).toList());
            for (Future<Void> each : all) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Override
    public Void call() throws Exception {
        try (CuratorFramework client = CuratorFrameworkFactory.newClient(server, new ExponentialBackoffRetry(100, 3))) {
            client.start();
            client.blockUntilConnected(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String base = "/warm/" + number;
            client.create().creatingParentsIfNeeded().forPath(base, new byte[0]);
            for (int turn = 0; turn < TURNS; turn++) {
                turn(client, base);
            }
        }
        return null;
    }

    private static void turn(CuratorFramework client, String base) throws Exception {
        String place = client.create().withMode(CreateMode.EPHEMERAL_SEQUENTIAL).forPath(base + "/place-", new byte[0]);
        client.transaction().forOperations(
                client.transactionOp().create().withMode(CreateMode.EPHEMERAL).forPath(base + "/live", new byte[100]),
                client.transactionOp().setData().forPath(base, new byte[300]));
        CountDownLatch seen = new CountDownLatch(1);
        CuratorWatcher watcher = event -> seen.countDown();
        client.getChildren().forPath(base);
        client.getData().usingWatcher(watcher).forPath(place);
        client.transaction().forOperations(
                client.transactionOp().check().forPath(base),
                client.transactionOp().setData().forPath(base, new byte[200]),
                client.transactionOp().delete().forPath(base + "/live"),
                client.transactionOp().delete().forPath(place));
        if (!seen.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no event of " + place);
        }
    }
}
