package io.curia.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands as checks: what their end means, what is kept of their words, and that nothing of them is left. */
@Timeout(120)
class CommandCheckTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path scratch;

    private static Optional<String> problemOf(String line) throws InterruptedException {
        return CommandCheck.of(line, Map.of("CURIA_ID", "n1")).problem();
    }

    @Test
    void exitCodeZeroIsFit() throws InterruptedException {
        assertThat(problemOf("true")).isEmpty();
    }

    @Test
    void theLastLineSaysWhyNot() throws InterruptedException {
        assertThat(problemOf("sh -c 'echo first; echo \"no $CURIA_ID\" >&2; echo; exit 3'"))
                .contains("exit code 3: no n1");
    }

    @Test
    void silenceIsNoReason() throws InterruptedException {
        assertThat(problemOf("false")).contains("exit code 1");
    }

    @Test
    void aCommandThatDoesNotExistIsUnfit() throws InterruptedException {
        assertThat(problemOf("/no/such/program").orElseThrow()).startsWith("cannot be run: ");
    }

    @Test
    void nothingIsThereToBeRead() throws InterruptedException {
        assertThat(problemOf("sh -c 'cat; exit 0'")).isEmpty();
    }

    @Test
    void whateverIsWrittenOnlyItsEndIsKept() throws InterruptedException {
        String flood = "sh -c 'i=0; while [ $i -lt 40000 ]; do echo line-$i-xxxxxxxxxxxxxxxx; i=$((i+1)); done; "
                + "exit 1'";

        assertThat(problemOf(flood)).contains("exit code 1: line-39999-xxxxxxxxxxxxxxxx");
    }

    @Test
    void controlCharactersAreMadeHarmless() throws InterruptedException {
        assertThat(problemOf("sh -c 'printf \"a\\\\033[31mb\"; exit 1'")).contains("exit code 1: a?[31mb");
    }

    /** A check may leave a child behind that holds its output open: the verdict does not wait for it. */
    @Test
    void aChildLeftBehindDoesNotHoldUpTheVerdict() throws Exception {
        Path pid = scratch.resolve("pid");

        assertThat(problemOf("sh -c 'sleep 1000 & echo $! > " + pid + "; exit 0'")).isEmpty();

        handle(pid).destroyForcibly();
    }

    @Test
    void anInterruptedCheckIsKilledWithItsChildren() throws Exception {
        Path pids = scratch.resolve("pids");
        String line = "sh -c 'echo $$ >> " + pids + "; sh -c \"echo \\$\\$ >> " + pids + "; sleep 1000; :\"; :'";
        LinkedBlockingQueue<String> verdicts = new LinkedBlockingQueue<>();
        HealthGate gate = HealthGate.open("n1", CommandCheck.of(line, Map.of()),
                new HealthSettings(Duration.ofMinutes(10), Duration.ofMinutes(10), 1, 1),
                problem -> verdicts.add(problem.orElse("fit")));
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 2);
        List<ProcessHandle> family = Files.readAllLines(pids).stream()
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow()).toList();

        gate.close();

        Awaitility.await().atMost(PATIENCE).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(verdicts).isEmpty();
    }

    private static ProcessHandle handle(Path pid) throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    }
}
