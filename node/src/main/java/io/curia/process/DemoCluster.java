package io.curia.process;

import io.curia.model.NodeId;
import io.curia.zookeeper.ZooKeeperSettings;
import io.curia.zookeeper.server.EnsembleSettings;
import io.curia.zookeeper.server.LocalEnsemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Three ZooKeeper servers and some nodes, all processes of their own, with everything they keep in one directory. */
final class DemoCluster {

    static final String NAME = "demo";
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(4);

    private static final int SERVERS = 3;

    private final Path directory;
    private final boolean detached;
    private final LocalEnsemble ensemble;
    /** Guards {@link #stopped} against a start, which would leave a node behind. */
    private final Lock lifecycle = new ReentrantLock();
    private final Lock ending = new ReentrantLock();
    private final Map<NodeId, DemoNode> nodes = new LinkedHashMap<>();
    private boolean stopped;

    private DemoCluster(Path directory, boolean detached, LocalEnsemble ensemble) {
        this.directory = directory;
        this.detached = detached;
        this.ensemble = ensemble;
    }

    /** Returns a cluster without nodes whose ZooKeeper servers have been started. */
    static DemoCluster start(Path directory, boolean detached) throws IOException {
        EnsembleSettings settings = EnsembleSettings.of(zooKeeperIn(directory), SERVERS)
                .withJavaOptions(JavaOptions.inherited("-Xmx96m"));
        return new DemoCluster(directory, detached,
                LocalEnsemble.start(detached ? settings.outlivingTheirParent() : settings));
    }

    static Path zooKeeperIn(Path directory) {
        return directory.resolve("zookeeper");
    }

    LocalEnsemble ensemble() {
        return ensemble;
    }

    /** Returns how the cluster's records are reached. */
    ZooKeeperSettings settings() {
        return ZooKeeperSettings.of(ensemble.connectString(), NAME);
    }

    /** Starts the node {@code id}, again if it has been started before; does nothing once the cluster is stopped. */
    void startNode(NodeId id) throws IOException {
        lifecycle.lock();
        try {
            if (!stopped) {
                List<String> options = List.of("--host", "127.0.0.1", "--port", "0", "--cluster", NAME,
                        "--zookeeper", ensemble.connectString(),
                        "--session-timeout", SESSION_TIMEOUT.toSeconds() + "s");
                nodes.put(id, DemoNode.start(id, directory.resolve(id.value()), options, detached));
            }
        } finally {
            lifecycle.unlock();
        }
    }

    /** Returns the nodes that have been started and not killed. */
    Collection<DemoNode> nodes() {
        lifecycle.lock();
        try {
            return List.copyOf(nodes.values());
        } finally {
            lifecycle.unlock();
        }
    }

    /** Ends the node {@code id} by SIGKILL and returns the id of the process that it was. */
    long killNode(NodeId id) {
        lifecycle.lock();
        try {
            DemoNode node = nodes.remove(id);
            node.kill();
            return node.pid();
        } finally {
            lifecycle.unlock();
        }
    }

    /** Throws {@link IllegalStateException} if a node has ended by itself. */
    void requireAlive() {
        Optional<DemoNode> dead = nodes().stream().filter(node -> !node.isAlive()).findFirst();
        if (dead.isPresent()) {
            throw new IllegalStateException("node " + dead.get().id() + " ended by itself; it said:\n"
                    + dead.get().lastWords());
        }
    }

    /** Lets the nodes leave in order, ends the servers, and removes the directory. Idempotent. */
    void stop() throws IOException, InterruptedException {
        end(true);
    }

    /** Ends everything at once and removes the directory. Idempotent. */
    void abort() throws IOException, InterruptedException {
        end(false);
    }

    private void end(boolean inOrder) throws IOException, InterruptedException {
        lifecycle.lock();
        try {
            stopped = true;
        } finally {
            lifecycle.unlock();
        }
        // A second caller, from a signal's thread, returns when there is nothing left, too.
        ending.lock();
        try {
            Collection<DemoNode> all = nodes();
            all.forEach(inOrder ? DemoNode::leave : DemoNode::kill);
            for (DemoNode node : all) {
                node.awaitEnd();
            }
            ensemble.stop();
            remove(directory);
        } finally {
            ending.unlock();
        }
    }

    /** Removes {@code directory} and all that is in it, if it exists. */
    static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> all = new ArrayList<>();
        try (var found = Files.walk(directory)) {
            found.forEach(all::add);
        }
        // Children were found after their parents.
        for (int i = all.size() - 1; i >= 0; i--) {
            Files.deleteIfExists(all.get(i));
        }
    }
}
