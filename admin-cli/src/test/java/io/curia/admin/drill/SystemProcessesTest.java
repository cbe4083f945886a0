package io.curia.admin.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.curia.admin.drill.Processes.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, really signalled, and started again as they were. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "what is known of a process is read below /proc")
class SystemProcessesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SystemProcesses processes = new SystemProcesses();

    @TempDir
    private Path scratch;
    private Process sleeper;

    @BeforeEach
    void startSleeper() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "echo \"$GREETING $0\"; exec sleep 600", "two words")
                .directory(scratch.toFile()).redirectOutput(scratch.resolve("first").toFile());
        builder.environment().put("GREETING", "héllo");
        sleeper = builder.start();
    }

    @AfterEach
    void endSleeper() {
        sleeper.destroyForcibly();
    }

    private LocalProcess found() {
        return processes.find(sleeper.pid()).orElseThrow();
    }

    private static char state(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }

    /** A signal is delivered when the kernel gets round to it, which on a busy machine is not at once. */
    private void awaitState(Predicate<Character> wanted) {
        Awaitility.await().atMost(PATIENCE).until(() -> wanted.test(state(sleeper.pid())));
    }

    @Test
    void aFrozenProcessStandsStillUntilItIsResumed() throws IOException {
        assertThat(processes.signal(found(), Signal.STOP)).isTrue();
        awaitState(state -> state == 'T');

        assertThat(processes.signal(found(), Signal.CONT)).isTrue();
        awaitState(state -> state != 'T');
    }

    @Test
    void aKilledProcessRunsNoMoreAndCannotBeSignalled() {
        LocalProcess found = found();

        assertThat(processes.signal(found, Signal.KILL)).isTrue();

        Awaitility.await().atMost(PATIENCE).until(() -> !processes.isRunning(found));
        assertThat(processes.signal(found, Signal.CONT)).isFalse();
        assertThat(processes.find(found.pid())).isEmpty();
    }

    @Test
    void anotherProcessUnderTheSameNumberIsNotSignalled() {
        LocalProcess found = found();
        LocalProcess earlier = new LocalProcess(found.pid(), found.startedAt().map(start -> start.minusSeconds(60)),
                true, found.launch());

        assertThat(processes.signal(earlier, Signal.KILL)).isFalse();
        assertThat(sleeper.isAlive()).isTrue();
    }

    @Test
    void aProcessIsStartedAgainWithItsArgumentsDirectoryAndVariables() throws Exception {
        LocalProcess.Launch launch = new LocalProcess.Launch(
                List.of("sh", "-c", "echo \"$GREETING $0 $(pwd) [$1]\"", "two words", ""), scratch,
                Map.of("GREETING", "hello", "PATH", System.getenv("PATH")));
        Path output = Files.writeString(scratch.resolve("output"), "before\n");

        processes.start(launch, output);

        Awaitility.await().atMost(PATIENCE).until(() -> Files.readString(output).lines().count() == 2);
        assertThat(Files.readString(output)).isEqualTo("before\nhello two words " + scratch.toRealPath() + " []\n");
    }

    @Test
    void howAProcessWasStartedIsReadFromIt() {
        Awaitility.await().atMost(PATIENCE).until(() -> found().launch()
                .filter(launch -> launch.command().get(0).equals("sleep")).isPresent());

        LocalProcess.Launch launch = found().launch().orElseThrow();

        assertThat(found().own()).isTrue();
        assertThat(launch.command()).containsExactly("sleep", "600");
        assertThat(launch.directory()).isEqualTo(scratch);
        assertThat(launch.environment()).containsKey("GREETING");
    }

    @Test
    void aCommandThatFailsIsAFailureInItsOwnWords() {
        processes.run("exit 0");

        assertThatThrownBy(() -> processes.run("echo no such container >&2; exit 3"))
                .isInstanceOf(DrillException.class).hasMessageContainingAll("ended with 3", "no such container");
    }

    @Test
    void thisMachineKnowsItsName() throws IOException {
        assertThat(processes.isHere("surely.not.this.machine.example")).isFalse();
        assertThat(processes.isHere(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip())).isTrue();
    }
}
