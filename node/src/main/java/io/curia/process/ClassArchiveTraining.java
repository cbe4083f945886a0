package io.curia.process;

import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import io.curia.zookeeper.server.InProcessEnsemble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Loads the classes that a node, its servers and its command line load, by being all of them for a moment. The launcher
 * runs it once and keeps what was loaded as a class archive.
 */
final class ClassArchiveTraining {

    private static final int DEADLINE_SECONDS = 60;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String CLUSTER = "training";
    private static final List<String> NODES = List.of("n1", "n2");

    private ClassArchiveTraining() {
    }

    /** Ends the process when everything has been loaded; the directory {@code arguments[0]} is left to the caller. */
    public static void main(String... arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        CompletableFuture.delayedExecutor(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(1));
        InProcessEnsemble ensemble = InProcessEnsemble.start(directory);
        NodeMain.run(Map.of(), "--version");
        NodeMain.run(Map.of(), "zookeeper", "--version");
        while (!ensemble.serves()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        for (String id : NODES) {
            Thread node = new Thread(() -> NodeMain.run(Map.of(), "--id", id, "--port", "0", "--cluster", CLUSTER,
                    "--zookeeper", ensemble.connectString(), "--data-dir", directory.resolve(id).toString()), id);
            node.setDaemon(true);
            node.start();
        }
        awaitCluster(ZooKeeperSettings.of(ensemble.connectString(), CLUSTER));
        System.exit(0); // The nodes leave in order meanwhile, which is part of the training.
    }

    private static void awaitCluster(ZooKeeperSettings settings) {
        try (ZooKeeperConnection connection = ZooKeeperConnection.forTool(settings)) {
            while (!isComplete(connection.store())) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private static boolean isComplete(ClusterStore store) {
        try {
            return store.view().live().size() == NODES.size() && store.view().currentMaster().isPresent();
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.NOT_FOUND) {
                return false; // The first node has not made the cluster's tree yet.
            }
            throw e;
        }
    }
}
