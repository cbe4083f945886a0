package io.curia.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatusBoardTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void inAPipeOnlyWhatChangedIsWritten() {
        StatusBoard board = new StatusBoard(new PrintStream(bytes, false, UTF_8), false);
        board.show(List.of("one up", "two up"));
        board.show(List.of("one up", "two up"));
        board.show(List.of("one up", "two down"));
        board.say("told");
        assertThat(written()).hasToString("one up\ntwo up\ntwo down\ntold\n");
    }

    @Test
    void onATerminalTheLinesAreRewrittenInPlace() {
        StatusBoard board = new StatusBoard(new PrintStream(bytes, false, UTF_8), true);
        board.show(List.of("one up", "two up"));
        board.show(List.of("one down"));
        board.say("told");
        assertThat(written()).hasToString(
                "one up\ntwo up\n\u001b[2A\u001b[Jone down\n\u001b[1A\u001b[Jtold\none down\n");
    }

    @Test
    void whatIsLeftIsNotRewritten() {
        StatusBoard board = new StatusBoard(new PrintStream(bytes, false, UTF_8), true);
        board.show(List.of("before"));
        board.leave();
        board.show(List.of("after"));
        assertThat(written()).hasToString("before\nafter\n");
    }

    private String written() {
        return bytes.toString(UTF_8).replace("\r\n", "\n");
    }
}
