package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.curia.lock.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code node demo} as a process, to its end and cut short. */
final class DemoCommandIT {

    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final int PROCESSES = 6;

    @TempDir
    Path scratch;

    private Path temporary;

    @BeforeEach
    void temporaryFilesOfItsOwn() throws IOException {
        temporary = Files.createDirectory(scratch.resolve("tmp"));
    }

    @AfterEach
    void endWhatIsKept() throws Exception {
        demo("--stop");
    }

    @Test
    void showsTheDeathOfTheMasterAndLeavesNothing() throws Exception {
        Ran ran = demo();

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .containsPattern("n\\d +LIVE +MASTER +\\d+ +127.0.0.1:\\d+ \\(epoch 1\\)")
                .containsPattern("kill -9 \\d+, which is n\\d, the master:")
                .containsPattern("n\\d is master, epoch 2, \\d+ ms after the kill")
                .containsPattern("n\\d +DOWN +- +- ")
                .contains("is started again");
        assertThat(temporary).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void cutShortItTakesEverythingAlong(String signal) throws Exception {
        Process process = start();
        List<ProcessHandle> all = awaitProcesses(process);

        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor()).isZero();

        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(all).noneMatch(ProcessHandle::isAlive);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void killedItLeavesNoProcesses() throws Exception {
        Process process = start();
        List<ProcessHandle> all = awaitProcesses(process);

        process.destroyForcibly();

        await().atMost(DEADLINE).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void whatIsKeptRunsOnUntilItIsStopped() throws Exception {
        Ran ran = demo("--keep");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("The cluster keeps running").contains("export CURIA_ZOOKEEPER=127.0.0.1:")
                .contains("demo --stop");

        Ran again = demo("--keep");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("demo --stop");

        ProcessHandle restarted = restart("n1", ran.out());

        Ran stopped = demo("--stop");
        assertThat(stopped.out()).contains("Ended " + PROCESSES + " processes");
        assertThat(restarted.isAlive()).isFalse();
        assertThat(demo("--stop").out()).contains("No demo cluster was running");
        assertThat(scratch.resolve("state/curia/demo-kept")).doesNotExist();
    }

    /** Kills a node of a kept demo, and starts it again as a drill would. */
    private ProcessHandle restart(String id, String hints) throws Exception {
        Path data = scratch.resolve("state/curia/demo-kept").resolve(id).resolve("data");
        long before = ProcessLock.holder(ProcessLock.of(data)).orElseThrow();
        ProcessHandle.of(before).orElseThrow().destroyForcibly();
        Matcher servers = Pattern.compile("export CURIA_ZOOKEEPER=(\\S+)").matcher(hints);
        assertThat(servers.find()).isTrue();
        Process process = new ProcessBuilder(NodeProgram.command(List.of(), "--id", id, "--data-dir",
                data.toString(), "--zookeeper", servers.group(1), "--cluster", "demo", "--port", "0"))
                .redirectErrorStream(true).redirectOutput(scratch.resolve(id).toFile()).start();
        await().atMost(DEADLINE).until(() -> Files.readString(scratch.resolve(id)).contains("ready "));
        return process.toHandle();
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true)
                .redirectOutput(scratch.resolve("output").toFile());
        builder.environment().putAll(environment());
        return builder.start();
    }

    private Ran demo(String... options) throws IOException, InterruptedException {
        return Ran.command(scratch, environment(), command(options));
    }

    private List<String> command(String... options) {
        return NodeProgram.command(List.of("-Djava.io.tmpdir=" + temporary), "demo", options);
    }

    private Map<String, String> environment() {
        return Map.of("XDG_STATE_HOME", scratch.resolve("state").toString());
    }

    private static List<ProcessHandle> awaitProcesses(Process process) {
        await().atMost(DEADLINE).until(() -> {
            try (Stream<ProcessHandle> children = process.children()) {
                return children.count() == PROCESSES;
            }
        });
        return process.children().toList();
    }
}
