package io.curia.process;

import io.curia.lock.ProcessLock;
import io.curia.zookeeper.server.LocalEnsemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A demo that was left running, which is whatever holds a lock in its directory: also nodes that somebody else has
 * started again, after a drill say.
 */
final class KeptDemo {

    private static final int LEAVE_SECONDS = 10;

    private final Path directory;

    private KeptDemo(Path directory) {
        this.directory = directory;
    }

    /** Returns the one kept demo that this user may have. */
    static KeptDemo of(Map<String, String> environment) {
        return new KeptDemo(UserDirectories.state(environment).resolve("demo-kept"));
    }

    Path directory() {
        return directory;
    }

    /** Returns whether it runs now. */
    boolean runs() throws IOException {
        return LocalEnsemble.isInUse(DemoCluster.zooKeeperIn(directory)) || !running().isEmpty();
    }

    /** Lets the nodes leave, ends the servers, removes the directory, and returns how many processes that were. */
    int stop() throws IOException, InterruptedException {
        List<ProcessHandle> nodes = running();
        nodes.forEach(ProcessHandle::destroy);
        for (ProcessHandle node : nodes) {
            node.onExit().completeOnTimeout(node, LEAVE_SECONDS, TimeUnit.SECONDS).join();
            node.destroyForcibly();
        }
        int servers = LocalEnsemble.stopDetached(DemoCluster.zooKeeperIn(directory));
        DemoCluster.remove(directory);
        return nodes.size() + servers;
    }

    private List<ProcessHandle> running() throws IOException {
        List<ProcessHandle> nodes = new ArrayList<>();
        for (Path own : directories()) {
            OptionalLong holder = ProcessLock.holder(DemoNode.lockIn(own));
            if (holder.isPresent()) {
                ProcessHandle.of(holder.getAsLong()).ifPresent(nodes::add);
            }
        }
        return nodes;
    }

    private List<Path> directories() throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(directory)) {
            return found.toList();
        }
    }
}
