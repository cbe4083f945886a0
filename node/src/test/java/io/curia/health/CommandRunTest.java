package io.curia.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandRunTest {

    private static CommandRun.Result run(String script, String input, Duration atMost) throws InterruptedException {
        return CommandRun.of("test", "sh -c '" + script + "'", Map.of("FIXED", "f"))
                .run(input.getBytes(StandardCharsets.UTF_8), Map.of("MORE", "m"), atMost);
    }

    @Test
    void itReadsWhatItIsToldAndFindsItsVariables() throws InterruptedException {
        CommandRun.Result result = run("read line; echo $line $FIXED $MORE", "hello\n", CommandRun.UNLIMITED);

        assertThat(result.problem()).isEmpty();
        assertThat(result.words()).isEqualTo("hello f m");
    }

    @Test
    void aCommandThatReadsNothingIsNoProblem() throws InterruptedException {
        assertThat(run("exec 0<&-; exit 0", "x".repeat(1000), CommandRun.UNLIMITED).problem()).isEmpty();
    }

    @Test
    void oneThatFailsSaysWhy() throws InterruptedException {
        assertThat(run("echo no disk; exit 3", "", CommandRun.UNLIMITED).problem()).contains("exit code 3: no disk");
    }

    @Test
    void oneThatTakesTooLongIsKilled() throws InterruptedException {
        assertThat(run("exec sleep 60", "", Duration.ofMillis(100)).problem())
                .contains("did not end within 100 ms");
    }
}
