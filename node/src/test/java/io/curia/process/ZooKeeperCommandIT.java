package io.curia.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code node zookeeper} as a process, told to end as a terminal and a service manager do. */
final class ZooKeeperCommandIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    Path scratch;

    @ParameterizedTest
    @CsvSource({"TERM, 0", "INT, 130"})
    void servesUntilItIsToldToEndAndLeavesNoServerBehind(String signal, int code) throws Exception {
        Process process = start("--servers", "3", "--port", "0", "--data", scratch.resolve("data").toString());
        String connect = firstLine(process);
        List<ProcessHandle> servers = process.children().toList();

        assertThat(connect).matches("127.0.0.1:\\d+,127.0.0.1:\\d+,127.0.0.1:\\d+");
        assertThat(servers).hasSize(3);
        assertThat(errors()).containsPattern("server 1  127.0.0.1:\\d+  pid \\d+ +starting")
                .containsPattern("server \\d  127.0.0.1:\\d+  pid \\d+ +leader");

        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor()).isZero();

        assertThat(process.waitFor()).isEqualTo(code);
        assertThat(servers).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void aServerThatDiesIsStartedAgain() throws Exception {
        Process process = start("--port", "0", "--data", scratch.resolve("data").toString());
        firstLine(process);
        ProcessHandle server = process.children().findFirst().orElseThrow();
        server.destroyForcibly();

        await().atMost(DEADLINE).until(() -> errors().lines().filter(line -> line.contains("standalone")).count() == 2);
        assertThat(errors()).containsPattern("server 1 .* pid " + server.pid() + " +down");
        process.destroy();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aPortInUseIsRefusedInOneSentence() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(other.getLocalPort());
            Ran ran = Ran.command(scratch, Map.of(), command("--port", port, "--data", scratch.toString()));
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err()).startsWith("node zookeeper: port " + port + " of 127.0.0.1 is in use")
                    .hasLineCount(1);
        }
    }

    @Test
    void twoServersAreAUsageError() throws Exception {
        Ran ran = Ran.command(scratch, Map.of(), command("--servers", "2", "--data", scratch.toString()));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("node zookeeper: servers: 2 (expected: 1 or 3)").hasLineCount(1);
    }

    @Test
    void withoutADirectoryTheDataIsInTheUsersStateDirectory() throws Exception {
        ProcessBuilder builder = builder("--port", "0");
        builder.environment().put("XDG_STATE_HOME", scratch.resolve("state").toString());
        Process process = builder.start();
        firstLine(process);
        assertThat(scratch.resolve("state/curia/zookeeper/server-1/zoo.cfg")).exists();
        process.destroy();
        process.waitFor();
    }

    private Process start(String... options) throws IOException {
        return builder(options).start();
    }

    private ProcessBuilder builder(String... options) {
        return new ProcessBuilder(command(options)).redirectError(scratch.resolve("errors").toFile());
    }

    private static List<String> command(String... options) {
        return NodeProgram.command(List.of(), "zookeeper", options);
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    }

    private String errors() throws IOException {
        return Files.readString(scratch.resolve("errors"));
    }
}
