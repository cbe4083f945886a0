package io.curia.process;

import io.curia.logging.LogSettings;
import io.curia.logging.ProgramLog;
import io.curia.model.Cause;
import io.curia.model.MasterRecord;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Switchover;
import io.curia.model.Tenure;
import io.curia.runtime.ClusterNode;
import io.curia.singleton.KeeperTraining;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import io.curia.zookeeper.server.EnsembleSettings;
import io.curia.zookeeper.server.LocalEnsemble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Loads the classes that a node and its command line load, by being all of them for a moment: three nodes that are let
 * in by a fourth, which is a process of its own and their master, and a fifth. These two are killed, one of the three
 * takes over, hands over to another and back, and leaves. The launcher runs it once and keeps what was loaded as a
 * class archive.
 *
 * <p>What only a change of master has a node do must be done here: code that the archive does not know is linked on the
 * way, in the very milliseconds in which nobody is master. What no node does must not: the archive is mapped in whole
 * pages, with what is never used in the midst of what is, and the kernel takes all of them down before it closes the
 * sockets of a node that was killed. So the ZooKeeper server, whose classes were a sixth of the archive, is elsewhere.
 */
final class ClassArchiveTraining {

    private static final int DEADLINE_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String CLUSTER = "training";
    private static final NodeId MASTER = NodeId.of("m");
    private static final NodeId TARGET = NodeId.of("n2");
    private static final List<String> JOINERS = List.of("n1", TARGET.value());
    /** Has a command, of which it is told only to load what that needs. */
    private static final String RUNS = "n1";
    private static final NodeId STANDBY = NodeId.of("n3");

    private final Path directory;
    private final LocalEnsemble ensemble;
    private final List<Thread> joiners = new ArrayList<>();

    private ClassArchiveTraining(Path directory, LocalEnsemble ensemble) {
        this.directory = directory;
        this.ensemble = ensemble;
    }

    /** Ends the process when everything has been loaded; the directory {@code arguments[0]} is left to the caller. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        CompletableFuture.delayedExecutor(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(1));
        ProgramLog.begin(LogSettings.DEFAULT);
        LocalEnsemble ensemble = LocalEnsemble.start(EnsembleSettings.of(directory.resolve("zookeeper"), 1));
        NodeMain.run(Map.of(), "--version");
        NodeMain.run(Map.of(), "zookeeper", "--version");
        trainKeeper(directory.resolve("keeper"));
        ensemble.awaitServing(PATIENCE);
        new ClassArchiveTraining(directory, ensemble).train();
        System.exit(0); // The nodes leave in order meanwhile, which is part of the training.
    }

    private void train() throws IOException {
        DemoNode master = process(MASTER);
        await(() -> master().isPresent());
        ClusterNode heir = ClusterNode.builder("n0").zooKeeper(ensemble.connectString()).cluster(CLUSTER)
                .bind("127.0.0.1:0").build();
        String sponsor = heir.start().join().address().toString();
        JOINERS.forEach(id -> join(id, sponsor));
        DemoNode standby = process(STANDBY);
        // Commands cannot be kept everywhere, and then one of them is not there.
        await(() -> watched(heir) == 2 + joiners.stream().filter(Thread::isAlive).count());
        master.kill();
        await(() -> heir.mastership().isPresent());
        standby.kill();
        PortTraining.of(heir);
        HttpTraining.of(heir);
        handOver(TARGET);
        handOver(heir.state().id());
        heir.stop().join();
        await(() -> master().isPresent());
    }

    private DemoNode process(NodeId id) throws IOException {
        return DemoNode.start(id, directory.resolve(id.value()),
                List.of("--port", "0", "--cluster", CLUSTER, "--zookeeper", ensemble.connectString()), false);
    }

    private void join(String id, String sponsor) {
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

    private static long watched(ClusterNode node) {
        return node.watch().map(watch -> watch.vigil().watched().size()).orElse(0);
    }

    /** All three have a part in it: who gives up, who is to have it, and who makes room. */
    private void handOver(NodeId target) {
        try (ZooKeeperConnection connection = tool()) {
            ClusterStore store = connection.store();
            MasterRecord before = store.master();
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            Switchover wish = new Switchover(CLUSTER, before.tenure().orElseThrow().id(), before.epoch(),
                    Optional.of(target), Cause.SWITCHOVER, false, now, now.plus(PATIENCE), Duration.ZERO, CLUSTER, "",
                    now, Optional.empty());
            store.putSwitchover(store.intents().switchover().saying(wish), before.version());
            await(() -> store.master().tenure().map(Tenure::id).equals(Optional.of(target)));
        }
    }

    private ZooKeeperConnection tool() {
        return ZooKeeperConnection.forTool(ZooKeeperSettings.of(ensemble.connectString(), CLUSTER));
    }

    private Optional<NodeId> master() {
        try (ZooKeeperConnection connection = tool()) {
            return connection.store().view().currentMaster().map(MemberView::id);
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.NOT_FOUND) {
                throw e;
            }
            return Optional.empty(); // Nobody has made the cluster yet.
        }
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
