package io.curia.singleton;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.singleton.ReapingPlan.Origin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The end of real processes. */
class ReaperTest {

    private static final String MARK = "CURIA_RUN=" + ProcessHandle.current().pid() + "." + System.nanoTime();

    @Test
    void whenItReturnsNobodyIsLeftWhateverTheyDoAboutIt() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("setsid", "sh", "-c", "trap '' TERM; "
                + "(setsid sleep 3600 & echo $!); env -i sleep 3600 & echo $!; kill -STOP $!; echo $$; "
                + "while :; do sleep 0.01; done");
        builder.environment().put("CURIA_RUN", MARK.substring(MARK.indexOf('=') + 1));
        Process command = builder.start();
        try (BufferedReader said = new BufferedReader(
                new InputStreamReader(command.getInputStream(), StandardCharsets.US_ASCII))) {
            long daemon = pid(said);
            long cleared = pid(said);
            long main = pid(said);
            Origin origin = new Origin(main, ProcessTable.find(main).orElseThrow().start());
            ProcessTable table = new ProcessTable(MARK);
            assertThat(table.plan(origin).doomed()).extracting(ProcessRow::pid).contains(daemon, cleared, main);

            Reaper.end(table, origin);

            assertThat(ProcessTable.find(daemon).filter(row -> !row.isDead())).isEmpty();
            assertThat(ProcessTable.find(cleared).filter(row -> !row.isDead())).isEmpty();
            assertThat(ProcessTable.find(main).filter(row -> !row.isDead())).isEmpty();
            assertThat(table.plan(origin).doomed()).isEmpty();
        } finally {
            command.destroyForcibly();
        }
    }

    private static long pid(BufferedReader said) throws IOException {
        return Long.parseLong(said.readLine());
    }
}
