package io.curia.process;

import io.curia.logging.LogSettings;
import io.curia.logging.ProgramLog;
import io.curia.runtime.ClusterNode;
import io.curia.singleton.KeeperTraining;
import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import io.curia.zookeeper.server.InProcessEnsemble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Loads the classes that a node, its servers and its command line load, by being all of them for a moment: a node that
 * is alone, two that it lets in, and a change of master when it leaves. The launcher runs it once and keeps what was
 * loaded as a class archive.
 */
final class ClassArchiveTraining {

    private static final int DEADLINE_SECONDS = 60;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String CLUSTER = "training";
    private static final List<String> JOINERS = List.of("n1", "n2");
    /** Has a command, of which it is told only to load what that needs. */
    private static final String RUNS = "n1";

    private ClassArchiveTraining() {
    }

    /** Ends the process when everything has been loaded; the directory {@code arguments[0]} is left to the caller. */
    public static void main(String... arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        CompletableFuture.delayedExecutor(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(1));
        ProgramLog.begin(LogSettings.DEFAULT);
        InProcessEnsemble ensemble = InProcessEnsemble.start(directory);
        NodeMain.run(Map.of(), "--version");
        NodeMain.run(Map.of(), "zookeeper", "--version");
        trainKeeper(directory.resolve("keeper"));
        await(ensemble::serves);
        ClusterNode first = ClusterNode.builder("n0").zooKeeper(ensemble.connectString()).cluster(CLUSTER)
                .bind("127.0.0.1:0").build();
        String sponsor = first.start().join().address().toString();
        List<Thread> joiners = new ArrayList<>();
        for (String id : JOINERS) {
            List<String> words = new ArrayList<>(id.equals(RUNS) ? List.of("run", "--while-master") : List.of());
            words.addAll(List.of("--id", id, "--port", "0", "--cluster", CLUSTER, "--zookeeper",
                    ensemble.connectString(), "--join", sponsor, "--http-port", "0",
                    "--data-dir", directory.resolve(id).toString()));
            words.addAll(id.equals(RUNS) ? List.of("--", "sleep", "60") : List.of());
            Thread node = new Thread(() -> NodeMain.run(Map.of(), words.toArray(String[]::new)), id);
            node.setDaemon(true);
            node.start();
            joiners.add(node);
        }
        // Not before it watches both, over a lifeline each; or the one, where commands cannot be kept.
        await(() -> first.view().filter(view -> view.live().size()
                == 1 + joiners.stream().filter(Thread::isAlive).count()).isPresent());
        HttpTraining.of(first);
        first.stop().join();
        try (ZooKeeperConnection connection = ZooKeeperConnection.forTool(
                ZooKeeperSettings.of(ensemble.connectString(), CLUSTER))) {
            await(() -> connection.store().view().currentMaster().isPresent());
        }
        System.exit(0); // The nodes leave in order meanwhile, which is part of the training.
    }

    /** What fails here costs a node nothing, and a keeper some milliseconds. */
    private static void trainKeeper(Path directory) {
        try {
            KeeperTraining.in(directory);
        } catch (IOException | RuntimeException e) {
            System.err.println("keeper: " + e.getMessage());
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
