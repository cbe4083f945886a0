package io.curia.singleton;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sentinel does to a command, and to a stand-in for its keeper. */
class SentinelTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MARK = "CURIA_RUN=" + ProcessHandle.current().pid() + "." + System.nanoTime();

    @TempDir
    private Path scratch;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    private Process sleeping(boolean marked) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sleep", "3600");
        if (marked) {
            builder.environment().put("CURIA_RUN", MARK.substring(MARK.indexOf('=') + 1));
        }
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static long in(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static void awaitPast(long nanos) {
        Awaitility.await().atMost(PATIENCE).until(() -> System.nanoTime() - nanos > 0);
    }

    @Test
    void whatItsKeeperLeavesRunningBeyondItsTimeIsEndedAndThenTheKeeper() throws Exception {
        Process command = sleeping(true);
        Process other = sleeping(false);
        Process keeper = sleeping(false);
        Sentinel sentinel = new Sentinel(scratch, MARK, keeper.pid());
        sentinel.post();

        sentinel.watch(in(300));

        assertThat(command.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(keeper.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(other.isAlive()).isTrue();
        sentinel.dismiss();
    }

    @Test
    void aRunThatIsOverOrGoesOnLongerIsLeftAlone() throws Exception {
        Process command = sleeping(true);
        Process keeper = sleeping(false);
        Sentinel sentinel = new Sentinel(scratch, MARK, keeper.pid());
        sentinel.post();

        long first = in(300);
        sentinel.watch(first);
        sentinel.rest();
        long second = in(400);
        sentinel.watch(second);
        sentinel.watch(in(60_000));
        awaitPast(second + TimeUnit.MILLISECONDS.toNanos(300));

        assertThat(command.isAlive()).isTrue();
        assertThat(keeper.isAlive()).isTrue();
        sentinel.dismiss();
    }
}
