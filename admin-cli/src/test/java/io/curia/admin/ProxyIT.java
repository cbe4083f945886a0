package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.curia.runtime.TestCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a change of master costs those who come through a real proxy with the configuration that is handed out, at 500
 * requests a second: {@code -Dcuria.proxies=ROUNDS}. It says so on standard output, a line a change.
 */
@EnabledIfSystemProperty(named = "curia.proxies", matches = "\\d+", disabledReason = "a measurement: -Dcuria.proxies=3")
class ProxyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CLASS_PATH =
            System.getProperty("surefire.real.class.path", System.getProperty("java.class.path"));
    private static final Path EXAMPLES = Path.of("../node/src/dist/examples");
    private static final List<String> IDS = List.of("n1", "n2", "n3");
    private static final int PER_SECOND = 500;
    private static final int ROUNDS = Integer.getInteger("curia.proxies", 0);

    private final TestCluster cluster = TestCluster.start();
    private final Map<String, Process> nodes = new HashMap<>();
    private final Map<String, Integer> application = new HashMap<>();
    private final Map<String, Integer> http = new HashMap<>();
    private final int front = freePort();
    private String hold = "0";
    private Process proxy;

    @TempDir
    private Path scratch;

    private void startThree() throws IOException {
        for (String id : IDS) {
            application.put(id, freePort());
            http.put(id, freePort());
            start(id);
        }
    }

    @AfterEach
    void endEverything() throws IOException {
        nodes.values().forEach(Process::destroyForcibly);
        // Asked to end, it ends its workers; killed, it would leave them behind.
        Stream.ofNullable(proxy).forEach(Process::destroy);
        Stream.ofNullable(proxy).forEach(ended -> ended.onExit().join());
        cluster.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void start(String id) throws IOException {
        Path ready = scratch.resolve(id + ".ready");
        Files.deleteIfExists(ready);
        nodes.put(id, new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx64m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", CLASS_PATH, ServingProgram.class.getName(), id,
                cluster.connectString(), cluster.name(), application.get(id).toString(), http.get(id).toString(),
                scratch.toString(), hold).redirectErrorStream(true)
                .redirectOutput(scratch.resolve(id + ".log").toFile()).start());
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(ready));
    }

    private String master() {
        return Awaitility.await().atMost(PATIENCE).until(() -> cluster.withStore(store -> store.view().currentMaster()
                .map(found -> found.id().value()).orElse("")), id -> !id.isEmpty());
    }

    private String fitted(String example) throws IOException {
        String text = Files.readString(EXAMPLES.resolve(example)).replace("bind 0.0.0.0:80", "bind 127.0.0.1:" + front)
                .replace("listen 80;", "listen 127.0.0.1:" + front + ";").replace("n1.example:9100", at(http, "n1"));
        for (String id : IDS) {
            text = text.replace(id + ".example:8080", at(application, id) + (example.startsWith("haproxy")
                    ? " port " + http.get(id) : ""));
        }
        return text;
    }

    private static String at(Map<String, Integer> ports, String id) {
        return "127.0.0.1:" + ports.get(id);
    }

    private void startProxy(String program, String example, String before, String... arguments) throws Exception {
        Path configuration = Files.writeString(scratch.resolve(example), before + fitted(example));
        List<String> command = Stream.concat(Stream.of(program), Stream.of(arguments))
                .map(word -> word.replace("FILE", configuration.toString())).toList();
        proxy = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(scratch.resolve("proxy.log").toFile()).start();
    }

    private static void assumeInstalled(String program) {
        boolean installed = Stream.of("/usr/sbin/", "/usr/bin/", "/usr/local/sbin/")
                .anyMatch(directory -> Files.isExecutable(Path.of(directory + program)));
        assumeTrue(installed, program + " is not installed here (Debian: apt-get install " + program + ")");
    }

    /** Each round a change as planned, then a crash. */
    private void measure(String proxyName) throws Exception {
        AdminProgram admin = new AdminProgram(cluster, scratch);
        for (int round = 1; round <= ROUNDS; round++) {
            String before = master();
            String next = IDS.get((IDS.indexOf(before) + 1) % IDS.size());
            Traffic.Cost planned = through(before, () ->
                    assertThat(admin.run("switchover --to " + next + " --yes")).as(admin.said()).isZero());
            say(proxyName + " switchover " + round + ": " + planned.words());
            Traffic.Cost crash = through(next, () -> nodes.get(next).destroyForcibly().waitFor());
            say(proxyName + " kill -9 " + round + ": " + crash.words());
            start(next);
            assertThat(List.of(planned, crash)).allSatisfy(cost -> assertThat(cost.lostAfterSeen()).isZero());
        }
    }

    private interface Change {
        void make() throws Exception;
    }

    private Traffic.Cost through(String before, Change change) throws Exception {
        try (Traffic traffic = new Traffic(front)) {
            traffic.begin(PER_SECOND);
            Awaitility.await().atMost(PATIENCE).until(() -> traffic.answeredBy(before) > 2 * PER_SECOND);
            change.make();
            String after = Awaitility.await().atMost(PATIENCE).until(this::master, id -> !id.equals(before));
            Awaitility.await().atMost(PATIENCE).until(() -> traffic.answeredBy(after) > 2 * PER_SECOND);
            return Traffic.Cost.of(traffic.end());
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    @Test
    void haproxyFollowsTheMaster() throws Exception {
        assumeInstalled("haproxy");
        hold = "150";
        startThree();
        startProxy("haproxy", "haproxy.cfg", "", "-db", "-f", "FILE");

        measure("haproxy");
    }

    @Test
    void nginxFollowsTheMaster() throws Exception {
        assumeInstalled("nginx");
        startThree();
        startProxy("nginx", "nginx.conf", "daemon off; pid " + scratch.resolve("nginx.pid") + "; error_log stderr;\n",
                "-e", "stderr", "-c", "FILE", "-p", scratch.toString());

        measure("nginx");
    }
}
