package io.curia.admin;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A terminal that keeps what was printed: a pipe, until told that somebody sits before it. */
final class PaperTerminal implements Terminal {

    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
    private final Deque<String> answers = new ArrayDeque<>();
    private boolean canAsk;
    private boolean coloured;
    private Optional<TerminalSize> size = Optional.empty();
    private Runnable whileAsking = () -> { };

    PaperTerminal answering(String... lines) {
        canAsk = true;
        answers.addAll(java.util.List.of(lines));
        return this;
    }

    PaperTerminal whileAsking(Runnable event) {
        whileAsking = event;
        return this;
    }

    PaperTerminal screen(int rows, int columns) {
        size = Optional.of(new TerminalSize(rows, columns));
        return this;
    }

    PaperTerminal coloured() {
        coloured = true;
        return this;
    }

    String printed() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    String said() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public PrintStream out() {
        return out;
    }

    @Override
    public PrintStream err() {
        return err;
    }

    @Override
    public boolean canAsk() {
        return canAsk;
    }

    @Override
    public boolean isScreen() {
        return size.isPresent();
    }

    @Override
    public boolean isColoured() {
        return coloured;
    }

    @Override
    public Optional<TerminalSize> size() {
        return size;
    }

    @Override
    public Optional<String> ask(String question) {
        err.print(question);
        whileAsking.run();
        return Optional.ofNullable(answers.poll());
    }
}
