package io.curia.zookeeper.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.curia.zookeeper.server.EnsembleException.Reason;
import io.curia.zookeeper.server.ServerStatus.Mode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryNTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers in real processes. */
final class LocalEnsembleIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void threeServersServeOnAfterTheirLeaderIsKilled() throws Exception {
        try (LocalEnsemble ensemble = LocalEnsemble.start(EnsembleSettings.of(directory, 3))) {
            ensemble.awaitServing(DEADLINE);
            assertThat(modes(ensemble)).containsExactlyInAnyOrder(Mode.LEADER, Mode.FOLLOWER, Mode.FOLLOWER);
            ServerStatus leader = the(Mode.LEADER, ensemble);

            ensemble.kill(leader.id());

            await().atMost(DEADLINE).untilAsserted(() -> assertThat(modes(ensemble))
                    .containsExactlyInAnyOrder(Mode.DOWN, Mode.LEADER, Mode.FOLLOWER));
            write(ensemble, "/survivor", "yes");
            ensemble.restart(leader.id());
            ensemble.awaitServing(DEADLINE);
            assertThat(read(ensemble, "/survivor")).isEqualTo("yes");
        }
    }

    @Test
    void whatWasCommittedIsThereAfterAStopAndAStart() throws Exception {
        for (int servers : new int[] {1, 3}) {
            EnsembleSettings settings = EnsembleSettings.of(directory.resolve("of " + servers), servers);
            try (LocalEnsemble first = LocalEnsemble.start(settings)) {
                first.awaitServing(DEADLINE);
                write(first, "/kept", "as written");
            }
            try (LocalEnsemble second = LocalEnsemble.start(settings)) {
                second.awaitServing(DEADLINE);
                assertThat(read(second, "/kept")).isEqualTo("as written");
            }
        }
    }

    @Test
    void serversEndWhenTheirParentIsKilled() throws Exception {
        try (OtherProcess parent = OtherProcess.holding(directory, "parent-bound")) {
            List<ProcessHandle> servers = parent.servers();
            assertThat(servers).hasSize(3).allMatch(ProcessHandle::isAlive);

            parent.kill();

            await().atMost(DEADLINE).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void detachedServersOutliveTheirParentAndCanBeStopped() throws Exception {
        try (OtherProcess parent = OtherProcess.holding(directory, "detached")) {
            List<ProcessHandle> servers = parent.servers();
            parent.kill();
            parent.awaitEnd();
            assertThat(servers).hasSize(3).allMatch(ProcessHandle::isAlive);

            assertThat(LocalEnsemble.stopDetached(directory)).isEqualTo(3);

            assertThat(servers).noneMatch(ProcessHandle::isAlive);
            assertThat(LocalEnsemble.stopDetached(directory)).isZero();
        }
    }

    @Test
    void aPortInUseIsRefusedByNameBeforeAnythingIsStarted() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Path data = directory.resolve("none");
            EnsembleException refusal = catchThrowableOfType(EnsembleException.class,
                    () -> LocalEnsemble.start(EnsembleSettings.of(data, 1).onPort(other.getLocalPort())));

            assertThat(refusal.reason()).isEqualTo(Reason.PORT_IN_USE);
            assertThat(refusal).hasMessageContaining("port " + other.getLocalPort());
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void aDirectoryThatAnEnsembleRunsOnIsRefusedWithItsProcess() throws Exception {
        try (LocalEnsemble running = LocalEnsemble.start(EnsembleSettings.of(directory, 1))) {
            running.awaitServing(DEADLINE);

            EnsembleException refusal = catchThrowableOfType(EnsembleException.class,
                    () -> LocalEnsemble.start(EnsembleSettings.of(directory, 1)));

            assertThat(refusal.reason()).isEqualTo(Reason.DATA_IN_USE);
            assertThat(refusal).hasMessageContaining("process " + running.status().get(0).pid());
            assertThat(modes(running)).containsExactly(Mode.STANDALONE);
        }
    }

    @Test
    void anEnsembleKeepsItsSize() throws Exception {
        try (LocalEnsemble running = LocalEnsemble.start(EnsembleSettings.of(directory, 1))) {
            running.awaitServing(DEADLINE);
        }
        EnsembleException refusal = catchThrowableOfType(EnsembleException.class,
                () -> LocalEnsemble.start(EnsembleSettings.of(directory, 3)));
        assertThat(refusal.reason()).isEqualTo(Reason.OTHER_SIZE);
        assertThat(LocalEnsemble.sizeOf(directory)).hasValue(1);
    }

    @Test
    void aServerThatCannotStartIsReportedWithWhatItSaid() throws Exception {
        EnsembleSettings settings = EnsembleSettings.of(directory, 1).withJavaOptions(List.of("-XX:NoSuchOption"));
        try (LocalEnsemble ensemble = LocalEnsemble.start(settings)) {
            EnsembleException failure =
                    catchThrowableOfType(EnsembleException.class, () -> ensemble.awaitServing(DEADLINE));

            assertThat(failure.reason()).isEqualTo(Reason.SERVER_DIED);
            assertThat(failure).hasMessageContaining("exit code 1").hasMessageContaining("NoSuchOption");
        }
    }

    private static List<Mode> modes(LocalEnsemble ensemble) {
        return ensemble.status().stream().map(ServerStatus::mode).toList();
    }

    private static ServerStatus the(Mode mode, LocalEnsemble ensemble) {
        return ensemble.status().stream().filter(server -> server.mode() == mode).findFirst().orElseThrow();
    }

    private static void write(LocalEnsemble ensemble, String path, String content) throws Exception {
        try (CuratorFramework client = client(ensemble)) {
            client.create().orSetData().forPath(path, content.getBytes(UTF_8));
        }
    }

    private static String read(LocalEnsemble ensemble, String path) throws Exception {
        try (CuratorFramework client = client(ensemble)) {
            client.sync().forPath(path);
            return new String(client.getData().forPath(path), UTF_8);
        }
    }

    private static CuratorFramework client(LocalEnsemble ensemble) throws InterruptedException {
        CuratorFramework client = CuratorFrameworkFactory.builder().connectString(ensemble.connectString())
                .sessionTimeoutMs(30_000).ensembleTracker(false).retryPolicy(new RetryNTimes(20, 500)).build();
        client.start();
        client.blockUntilConnected();
        return client;
    }

    /** A small program that starts an ensemble of three and then waits to be killed. */
    record OtherProcess(Process process, List<ProcessHandle> servers) implements AutoCloseable {

        /** Starts an ensemble in {@code arguments[0]}, says its servers' process ids on one line, and waits. */
        public static void main(String... arguments) throws Exception {
            EnsembleSettings settings = EnsembleSettings.of(Path.of(arguments[0]), 3);
            boolean detached = arguments[1].equals("detached");
            LocalEnsemble ensemble = LocalEnsemble.start(detached ? settings.outlivingTheirParent() : settings);
            ensemble.awaitServing(DEADLINE);
            System.out.println(String.join(" ",
                    ensemble.status().stream().map(server -> Long.toString(server.pid())).toList()));
            Thread.currentThread().join();
        }

        static OtherProcess holding(Path directory, String kind) throws Exception {
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m", "-Dlogback.configurationFile=io/curia/zookeeper/server/logback.xml", "-cp",
                System.getProperty("java.class.path"), OtherProcess.class.getName(),
                    directory.toString(), kind)
                    .redirectError(Files.createFile(directory.resolve("errors")).toFile()).start();
            BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
            List<ProcessHandle> servers = Arrays.stream(output.readLine().split(" "))
                    .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow()).toList();
            return new OtherProcess(process, servers);
        }

        void kill() {
            process.destroyForcibly();
        }

        void awaitEnd() throws InterruptedException {
            process.waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
            servers.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
