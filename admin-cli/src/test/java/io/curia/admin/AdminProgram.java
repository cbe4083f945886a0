package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.runtime.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The program run as a process of its own against a cluster, without a person before it. */
final class AdminProgram {

    private static final long DEADLINE_SECONDS = 120;

    private final TestCluster cluster;
    private final Path scratch;

    AdminProgram(TestCluster cluster, Path scratch) {
        this.cluster = cluster;
        this.scratch = scratch;
    }

    /** Returns the exit code of the command of these words; what it printed can be asked for until the next. */
    int run(String line) throws IOException, InterruptedException {
        return exitOf(start(line));
    }

    /** Starts the command of these words, and sends it Ctrl-C once {@code ready}; returns its exit code. */
    int interrupted(String line, Callable<Boolean> ready) throws IOException, InterruptedException {
        Process process = start(line);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(DEADLINE_SECONDS)).until(ready);
        } finally {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).inheritIO().start().waitFor();
        }
        return exitOf(process);
    }

    private Process start(String line) throws IOException {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp",
                System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                "io.curia.admin.AdminMain"));
        command.addAll(List.of(line.split(" ")));
        if (!line.contains("--zookeeper")) {
            command.addAll(List.of("--zookeeper", cluster.connectString()));
        }
        command.addAll(List.of("--cluster", cluster.name()));
        return new ProcessBuilder(command).redirectOutput(scratch.resolve("out").toFile())
                .redirectError(scratch.resolve("err").toFile()).redirectInput(Path.of("/dev/null").toFile()).start();
    }

    private int exitOf(Process process) throws InterruptedException, IOException {
        boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("ended; " + said()).isTrue();
        return process.exitValue();
    }

    String printed() throws IOException {
        return Files.readString(scratch.resolve("out"));
    }

    String said() throws IOException {
        return Files.readString(scratch.resolve("err"));
    }
}
