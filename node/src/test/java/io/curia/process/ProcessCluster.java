package io.curia.process;

import io.curia.runtime.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.curator.test.DirectoryUtils;

/** Nodes as processes over a real ZooKeeper server of their own; closed, it leaves nothing behind. */
final class ProcessCluster implements AutoCloseable {

    private final TestCluster records = TestCluster.start();
    private final Path scratch = DirectoryUtils.createTempDirectory().toPath();
    private final List<RunningNode> nodes = new ArrayList<>();
    private final String sessionTimeout;

    private ProcessCluster(String sessionTimeout) {
        this.sessionTimeout = sessionTimeout;
    }

    /** Returns a cluster in which a session that nobody renews is soon over. */
    static ProcessCluster start() {
        return new ProcessCluster("4s");
    }

    /** Returns a cluster in which no session expires by the time that something else must have happened. */
    static ProcessCluster withLongSessions() {
        return new ProcessCluster("10s");
    }

    /** Returns what stands in ZooKeeper. */
    TestCluster records() {
        return records;
    }

    /** Returns a directory for whatever else a test wants to write. */
    Path scratch() {
        return scratch;
    }

    /** Starts {@code node ARGUMENTS}; does not wait. */
    RunningNode start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    /** Does the same with more variables, which win over those that every node has. */
    RunningNode start(Map<String, String> more, String... arguments) throws IOException {
        Map<String, String> variables = new HashMap<>(Map.of("CURIA_ZOOKEEPER", records.connectString(),
                "CURIA_CLUSTER", records.name(), "CURIA_SESSION_TIMEOUT", sessionTimeout));
        variables.putAll(more);
        RunningNode node = RunningNode.start(scratch, variables, arguments);
        nodes.add(node);
        return node;
    }

    /** Returns a member on a free port, once it is ready. */
    RunningNode member(String id, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--id", id, "--port", "0"));
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new)).awaitReady();
    }

    @Override
    public void close() throws IOException {
        for (RunningNode node : nodes) {
            node.close();
        }
        records.close();
        DirectoryUtils.deleteRecursively(scratch.toFile());
    }
}
