package io.curia.proof;

import io.curia.process.NodeMain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One {@code node run} as a process that is killed, frozen and cut off, and started again. */
final class RunNode implements AutoCloseable {

    private static final int END_SECONDS = 60;

    private final String id;
    private final Path directory;
    private final Gate zooKeeper;
    private final List<String> options;
    private final List<String> command;
    private final Path log;
    private Process process;

    RunNode(String id, Path directory, InetSocketAddress server, String cluster, Duration session,
            List<String> more, List<String> command, Path log) throws IOException {
        this.id = id;
        this.directory = directory;
        this.zooKeeper = Gate.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), new Ports().next()), server);
        this.options = new ArrayList<>(List.of("--while-master", "--id", id, "--port", "0", "--cluster", cluster,
                "--session-timeout", session.toMillis() + "ms", "--zookeeper", zooKeeper.address(),
                "--data-dir", directory.resolve(id).toString()));
        this.options.addAll(more);
        this.command = command;
        this.log = log;
    }

    String id() {
        return id;
    }

    Gate zooKeeper() {
        return zooKeeper;
    }

    Path said() {
        return directory.resolve(id + ".err");
    }

    RunNode start() throws IOException {
        List<String> words = new ArrayList<>(program());
        words.add("run");
        words.addAll(options);
        words.add("--");
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve(id + ".out").toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(said().toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("CURIA_"));
        builder.environment().put("PROOF_LOG", log.toString());
        process = builder.start();
        return this;
    }

    /** The classes under test as the launcher would run them, or the launcher of a distribution. */
    private static List<String> program() {
        String launcher = System.getProperty("singleton.launcher", "");
        return launcher.isEmpty()
                ? List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx64m",
                        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Dcuria.terminals=",
                        "-Dlogback.configurationFile=" + Path.of("src/dist/conf/logback.xml").toAbsolutePath(),
                        "-cp", System.getProperty("java.class.path"), NodeMain.class.getName())
                : List.of(launcher);
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Returns the process that keeps its command. */
    Optional<ProcessHandle> keeper() {
        return process.children().filter(RunNode::isKeeper).findFirst();
    }

    /** The handle's own account leaves out command lines that are long. */
    private static boolean isKeeper(ProcessHandle child) {
        try {
            return Files.readString(Path.of("/proc/" + child.pid() + "/cmdline")).contains("KeeperMain");
        } catch (IOException e) {
            // It has ended.
            return false;
        }
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(id + " did not end; see " + said());
        }
        return process.exitValue();
    }

    static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    void signal(String name) throws IOException, InterruptedException {
        signal(name, pid());
    }

    @Override
    public void close() throws IOException {
        if (isAlive()) {
            Optional<ProcessHandle> keeper = keeper();
            process.destroyForcibly().onExit().join();
            if (keeper.isPresent()) {
                new ProcessBuilder("kill", "-CONT", Long.toString(keeper.get().pid())).start().onExit().join();
                keeper.get().onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
            }
        }
        zooKeeper.close();
    }
}
