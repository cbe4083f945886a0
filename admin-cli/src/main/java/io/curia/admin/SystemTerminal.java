package io.curia.admin;

import io.curia.cli.Terminals;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The process's own standard streams. */
final class SystemTerminal implements Terminal {

    private final Map<String, String> environment;
    private final boolean canAsk;
    private final boolean screen;
    private final PrintStream out;
    private final PrintStream err;

    SystemTerminal(Map<String, String> environment, Terminals terminals) {
        this.environment = environment;
        this.canAsk = terminals.in() && terminals.err();
        this.screen = terminals.out();
        this.out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        this.err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
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
        return screen;
    }

    @Override
    public boolean isColoured() {
        return screen && environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
    }

    @Override
    public Optional<TerminalSize> size() {
        return screen ? TerminalSize.find(environment) : Optional.empty();
    }

    @Override
    public Optional<String> ask(String question) {
        err.print(question);
        err.flush();
        try {
            // At most one question a run, so nothing is lost in the reader's buffer.
            return Optional.ofNullable(new BufferedReader(
                    new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine());
        } catch (IOException e) {
            throw new UncheckedIOException("reading the answer from stdin failed", e);
        }
    }
}
