package io.curia.process;

import io.curia.lock.ProcessLock;
import io.curia.model.NodeId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One node of the demo, a process started as {@code bin/node} would; what it says goes to a file. */
final class DemoNode {

    private static final int LEAVE_SECONDS = 10;
    private static final int LAST_LINES = 10;

    private final NodeId id;
    private final Path log;
    private final Process process;

    private DemoNode(NodeId id, Path log, Process process) {
        this.id = id;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts the node.
     *
     * @param directory what is the node's own
     * @param options the node's options besides its id and directory
     * @param detached whether it outlives this process
     */
    static DemoNode start(NodeId id, Path directory, List<String> options, boolean detached) throws IOException {
        Files.createDirectories(directory);
        Path log = directory.resolve("node.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JavaOptions.inherited());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add((detached ? NodeMain.class : BoundNodeMain.class).getName());
        command.addAll(List.of("--id", id.value(), "--data-dir", dataIn(directory).toString()));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // What is set for the user's own nodes is not meant for these.
        builder.environment().keySet().removeIf(name -> name.startsWith("CURIA_"));
        if (detached) {
            builder.redirectInput(new File(File.separatorChar == '/' ? "/dev/null" : "NUL"));
        }
        return new DemoNode(id, log, builder.start());
    }

    /** Returns what a node that runs in {@code directory} holds, whoever has started it. */
    static Path lockIn(Path directory) {
        return ProcessLock.of(dataIn(directory));
    }

    private static Path dataIn(Path directory) {
        return directory.resolve("data");
    }

    NodeId id() {
        return id;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the end of what the node said. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return log + " cannot be read: " + e;
        }
    }

    /** Tells the node to leave; it does so in its own time. */
    void leave() {
        process.destroy();
    }

    /** Ends the process by SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Returns once the process has ended, by force if it does not leave within some seconds of being told to. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(LEAVE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            process.waitFor();
        }
    }
}
