package io.curia.bench;

import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import io.curia.zookeeper.server.EnsembleSettings;
import io.curia.zookeeper.server.LocalEnsemble;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Where everything is measured: three ZooKeeper servers of its own, a directory of its own, and every process that
 * was started, so that all of it is gone when this is closed.
 */
final class Lab implements AutoCloseable {

    /** For whatever is awaited without being measured; generous, because the machine may be busy. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path root;
    private final Path work;
    private final int rounds;
    private final FailoverOptions failover;
    private final PrintStream progress;
    private final LocalEnsemble ensemble;
    private final Set<Child> children = ConcurrentHashMap.newKeySet();
    private final AtomicInteger names = new AtomicInteger();
    private final List<Row> rescued = new ArrayList<>();
    private volatile boolean closed;
    private JvmRecipe recipe;

    private Lab(Path root, Path work, int rounds, FailoverOptions failover, PrintStream progress,
            LocalEnsemble ensemble) {
        this.root = root;
        this.work = work;
        this.rounds = rounds;
        this.failover = failover;
        this.progress = progress;
        this.ensemble = ensemble;
    }

    /** Returns a laboratory whose servers have been started; {@link #ready} waits until they serve. */
    static Lab open(Path root, int rounds, FailoverOptions failover, PrintStream progress) throws IOException {
        Path work = Files.createTempDirectory("curia-bench-");
        LocalEnsemble ensemble = LocalEnsemble.start(EnsembleSettings.of(work.resolve("zookeeper"), 3));
        return new Lab(root, work, rounds, failover, progress, ensemble);
    }

    /** Returns once the servers serve and are warm, and a first node has shown how nodes are started. */
    void ready() throws IOException, InterruptedException {
        ensemble.awaitServing(PATIENCE);
        say("warming up the servers");
        try {
            WarmServers.behind(connectString());
        } catch (ExecutionException e) {
            throw new IOException("warming up the servers: " + e.getCause(), e);
        }
        Child probe = node("recipe", "probe");
        probe.await("ready ", PATIENCE);
        recipe = JvmRecipe.of(probe.pid());
        probe.terminate();
        probe.awaitEnd(PATIENCE);
    }

    int rounds() {
        return rounds;
    }

    /** Keeps what an experiment had measured when it failed. */
    void rescue(List<Row> rows) {
        rescued.addAll(rows);
    }

    List<Row> rescued() {
        return List.copyOf(rescued);
    }

    FailoverOptions failover() {
        return failover;
    }

    String connectString() {
        return ensemble.connectString();
    }

    /** Returns the options with which nodes' JVMs, and the bare programs', are started. */
    List<String> jvmOptions() {
        return recipe.options();
    }

    /** Returns a name that no cluster of this run has had. */
    String newCluster(String kind) {
        return kind + names.incrementAndGet();
    }

    ZooKeeperSettings settings(String cluster) {
        return ZooKeeperSettings.of(connectString(), cluster);
    }

    /** Returns a client for what operators do, like admin-cli's. */
    ZooKeeperConnection tool(String cluster) {
        return ZooKeeperConnection.forTool(settings(cluster));
    }

    Path dataDirectory(String cluster, String id) {
        return work.resolve("nodes").resolve(cluster).resolve(id);
    }

    /** Starts a node as its user would. */
    Child node(String cluster, String id, String... more) throws IOException {
        return node(cluster, id, List.of(), more);
    }

    /** Starts a node as its user would, with options for its JVM, which win over the launcher's. */
    Child node(String cluster, String id, List<String> jvm, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(root.resolve("node/bin/node").toString(), "--id", id,
                "--port", "0", "--cluster", cluster, "--data-dir", dataDirectory(cluster, id).toString(),
                "--connect-timeout", PATIENCE.toSeconds() + "s"));
        command.addAll(List.of(more));
        if (!command.contains("--zookeeper")) {
            command.addAll(List.of("--zookeeper", connectString()));
        }
        return start("node " + id, jvm, command);
    }

    /** Starts one of the benchmark's own programs in a JVM like a node's; {@code jvm} options win. */
    Child program(String name, List<String> jvm, Class<?> main, String... arguments) throws IOException {
        Path classes = root.resolve("node/target/bench-classes");
        return start(name, List.of(), recipe.command(classes, jvm, main, List.of(arguments)));
    }

    /** Starts the admin CLI as its user would. */
    Child adminCli(String cluster, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(root.resolve("admin-cli/bin/admin-cli").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--zookeeper", connectString(), "--cluster", cluster));
        return start("admin-cli", List.of(), command);
    }

    private Child start(String name, List<String> jvm, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(key -> key.startsWith("CURIA_"));
        builder.environment().put("CURIA_NO_BUILD", "1");
        if (!jvm.isEmpty()) {
            builder.environment().put("CURIA_JAVA_OPTS", String.join(" ", jvm));
        }
        Child child = Child.start(name, builder);
        children.removeIf(old -> !old.isAlive());
        children.add(child);
        if (closed) {
            child.kill();
            throw new IOException(name + " was started while all were being ended");
        }
        return child;
    }

    /** Waits for a moment between half a second and one and a half, so that no round is in step with any timer. */
    void settle() throws InterruptedException {
        settle(500, 1500);
    }

    /** Waits for a moment of this many milliseconds. */
    void settle(int atLeast, int below) throws InterruptedException {
        Pause.of(Duration.ofMillis(RandomGenerator.getDefault().nextInt(atLeast, below)));
    }

    void say(String words) {
        progress.println("bench: " + words);
    }

    /** Ends every process, removes the directory. Idempotent. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        children.forEach(Child::kill);
        for (Child child : children) {
            child.handle().onExit().join();
        }
        ensemble.stop();
        if (Files.exists(work)) {
            try (Stream<Path> files = Files.walk(work)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
