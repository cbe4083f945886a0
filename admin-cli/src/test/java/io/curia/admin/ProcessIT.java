package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.runtime.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: its streams, its exit code, its signals. */
class ProcessIT {

    private static final long DEADLINE_SECONDS = 60;

    private final TestCluster cluster = TestCluster.start();

    @TempDir
    private Path scratch;

    @AfterEach
    void end() throws IOException {
        cluster.close();
    }

    @Test
    void dataGoesToStdoutWordsToStderrAndTheExitCodeIsTheProcess() throws Exception {
        assertThat(exitOf(start("init", "-o", "json"))).isZero();
        assertThat(Files.readString(out())).startsWith("{\n  \"apiVersion\": 1,").endsWith("}\n");
        assertThat(Files.readString(err())).isEmpty();

        assertThat(exitOf(start("master"))).isEqualTo(6);
        assertThat(Files.readString(out())).isEmpty();
        assertThat(Files.readString(err())).hasLineCount(1).startsWith("admin-cli: ");
    }

    @Test
    void verboseLogsToStderrOnly() throws Exception {
        exitOf(start("init"));

        assertThat(exitOf(start("members", "-o", "json", "-v"))).isZero();

        assertThat(Files.readString(out())).startsWith("{").endsWith("}\n");
        assertThat(Files.readString(err())).contains("org.apache.zookeeper");
    }

    @Test
    void controlCEndsAWatchWithOneHundredAndThirty() throws Exception {
        exitOf(start("init"));
        Process watch = start("members", "-o", "json", "--watch=100ms");
        Awaitility.await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .until(() -> Files.size(out()) > 0);

        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(watch.pid())).start().waitFor()).isZero();

        assertThat(exitOf(watch)).isEqualTo(130);
        assertThat(Files.readString(out())).hasLineCount(1);
    }

    @Test
    void aWatchEndsWhenNobodyReadsItAnyMore() throws Exception {
        exitOf(start("init"));
        Process watch = new ProcessBuilder(command("members", "-o", "json", "--watch=100ms"))
                .redirectError(err().toFile()).start();
        try (InputStream output = watch.getInputStream()) {
            assertThat(output.read()).isEqualTo('{');
        }
        cluster.started("n1");

        assertThat(exitOf(watch)).isZero();
    }

    @Test
    void whoeverFollowsIsToldOfANodeThatJoinsAndEndsWithOneHundredAndThirty() throws Exception {
        exitOf(start("init"));
        Process follower = start("events", "--follow", "--since", "1d", "-o", "json");
        cluster.started("n1");
        Awaitility.await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .until(() -> Files.readString(out()).contains("MASTER_ELECTED"));

        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(follower.pid())).start().waitFor()).isZero();

        assertThat(exitOf(follower)).isEqualTo(130);
        assertThat(exitOf(start("history", "-o", "name"))).isZero();
        assertThat(Files.readString(out())).isEqualTo("1\n");
        assertThat(exitOf(start("why", "-o", "name"))).isZero();
        assertThat(Files.readString(out())).isEqualTo("FIRST\n");
        assertThat(exitOf(start("why", "9"))).isEqualTo(5);
    }

    @Test
    void aClusterThatDoesNotExistHasNoHistory() throws Exception {
        assertThat(exitOf(start("events"))).isEqualTo(5);
        assertThat(exitOf(start("history"))).isEqualTo(5);
    }

    @Test
    void withoutAPersonAChangeNeedsYes() throws Exception {
        cluster.started("n1");
        cluster.started("n2");

        assertThat(exitOf(start("evict", "n2"))).isEqualTo(7);

        assertThat(Files.readString(err())).contains("n2", "add --yes");
    }

    @Test
    void drainAndUndrainEndWithTheirExitCodes() throws Exception {
        cluster.started("n1");
        cluster.started("n2");

        assertThat(exitOf(start("drain", "n2", "--yes"))).as(read(err())).isZero();
        assertThat(exitOf(start("drain", "n1", "--yes"))).isEqualTo(7);
        assertThat(exitOf(start("drain", "n1", "--dry-run"))).isEqualTo(10);
        assertThat(exitOf(start("drain", "n9", "--yes"))).isEqualTo(5);
        assertThat(exitOf(start("drain"))).isEqualTo(2);
        assertThat(exitOf(start("undrain", "n2"))).as(read(err())).isZero();
        assertThat(Files.readString(err())).contains("undrained n2");
    }

    private Process start(String... arguments) throws IOException {
        return new ProcessBuilder(command(arguments)).redirectOutput(out().toFile()).redirectError(err().toFile())
                .redirectInput(Path.of("/dev/null").toFile()).start();
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
                "-cp", System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                "io.curia.admin.AdminMain"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--zookeeper", cluster.connectString(), "--cluster", cluster.name()));
        return command;
    }

    private int exitOf(Process process) throws InterruptedException {
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).as(() -> {
            process.destroyForcibly();
            return "ended; " + read(err());
        }).isTrue();
        return process.exitValue();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Path out() {
        return scratch.resolve("out");
    }

    private Path err() {
        return scratch.resolve("err");
    }
}
