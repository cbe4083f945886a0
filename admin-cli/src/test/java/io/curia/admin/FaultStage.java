package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Nodes as processes, each behind a proxy of its own before ZooKeeper, to be hurt and examined. */
final class FaultStage implements AutoCloseable {

    /** A JVM's start, a session, a join, an election; and the notice that is taken of a fault. On a busy machine. */
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CLASS_PATH =
            System.getProperty("surefire.real.class.path", System.getProperty("java.class.path"));
    private static final Pattern READY = Pattern.compile("(?m)^ready ");
    /** Long, so that what is dead or frozen stays registered while it is looked at. */
    private static final String SESSION = "40s";

    private final String zooKeeper;
    private final Path scratch;
    private final Map<String, Process> processes = new HashMap<>();
    private final Map<String, CutProxy> proxies = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final List<Process> all = new ArrayList<>();

    FaultStage(String zooKeeper, Path scratch) {
        this.zooKeeper = zooKeeper;
        this.scratch = scratch;
    }

    /** Starts a node; does not wait. One that was started before is started again on its port, in {@code data}. */
    void start(String id, String data) {
        try {
            int port = ports.computeIfAbsent(id, name -> freePort());
            CutProxy proxy = proxies.computeIfAbsent(id, name -> CutProxy.before(zooKeeper));
            Path said = Files.createTempFile(scratch, id + "-", ".err");
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", CLASS_PATH,
                    "io.curia.process.NodeMain", "--id", id, "--port", Integer.toString(port), "--zookeeper",
                    proxy.connectString(), "--session-timeout", SESSION, "--failover", "session", "--data-dir",
                    scratch.resolve(data).toString()).redirectError(said.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            all.add(process);
            processes.put(id, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns once so many nodes have said that they are ready. */
    void awaitReady(int nodes) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            try (var files = Files.list(scratch)) {
                return files.filter(file -> file.toString().endsWith(".err")).filter(this::isReady).count() >= nodes;
            }
        });
    }

    private boolean isReady(Path said) {
        try {
            return READY.matcher(Files.readString(said)).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port(String id) {
        return ports.get(id);
    }

    CutProxy proxy(String id) {
        return proxies.get(id);
    }

    void signal(String id, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(processes.get(id).pid())).start().waitFor();
            if (signal.equals("KILL")) {
                processes.get(id).waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String master() {
        try (ZooKeeperConnection connection = ZooKeeperConnection.forTool(ZooKeeperSettings.of(zooKeeper, "curia"))) {
            return connection.store().view().currentMaster().orElseThrow().id().value();
        }
    }

    /**
     * Examines until {@code expected}, findings as {@code KIND subject}, are exactly the faults that are found; fails
     * with those that were found last.
     */
    void awaitFaults(String... expected) {
        AtomicReference<List<String>> last = new AtomicReference<>(List.of());
        try {
            Awaitility.await().atMost(PATIENCE).pollInSameThread().until(() -> {
                last.set(faults());
                return new TreeSet<>(last.get()).equals(new TreeSet<>(List.of(expected)));
            });
        } catch (ConditionTimeoutException e) {
            assertThat(last.get()).containsExactlyInAnyOrder(expected);
        }
    }

    /** Returns the faults that the program finds now, by the document that it prints. */
    List<String> faults() throws IOException {
        PaperTerminal terminal = new PaperTerminal();
        int code = Verbs.run(new Surroundings(terminal, (settings, verbose) -> {
            ZooKeeperConnection connection = ZooKeeperConnection.forTool(settings);
            return new OpenStore(connection.store(), connection::close);
        }, new SystemTime(), Map.of()), "doctor", "-o", "json", "--zookeeper", zooKeeper, "--connect-timeout", "2s");
        JsonNode report = new ObjectMapper().readTree(terminal.printed());
        List<String> faults = new ArrayList<>();
        report.get("findings").forEach(finding -> {
            if (finding.get("severity").asText().equals("FAULT")) {
                faults.add(finding.get("finding").asText() + " " + finding.get("subject").asText());
            }
        });
        assertThat(code).as(terminal.said()).isEqualTo(faults.isEmpty() ? 0 : 9);
        return faults;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        // SIGKILL ends a frozen process too.
        all.forEach(Process::destroyForcibly);
        all.forEach(process -> process.onExit().join());
        proxies.values().forEach(CutProxy::close);
    }
}
