package io.curia.process;

import io.curia.zookeeper.server.LocalEnsemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A demo that was left running: its directory, and in it a file that names the nodes' processes, each with the time it
 * was started, because a process id alone may be somebody else's by now.
 */
final class KeptDemo {

    private static final String FILE = "nodes";
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

    /** Notes which processes the nodes are. */
    void keep(Collection<DemoNode> nodes) throws IOException {
        Files.write(directory.resolve(FILE), nodes.stream()
                .map(node -> node.handle().pid() + " " + started(node.handle()).orElse(Instant.EPOCH)).toList());
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
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream().map(KeptDemo::process).flatMap(Optional::stream).toList();
    }

    private static Optional<ProcessHandle> process(String line) {
        String[] parts = line.split(" ");
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(process -> started(process).orElse(Instant.EPOCH).toString().equals(parts[1]));
    }

    private static Optional<Instant> started(ProcessHandle process) {
        return process.info().startInstant();
    }
}
