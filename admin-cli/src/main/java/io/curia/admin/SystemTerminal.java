package io.curia.admin;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The process's own standard streams. */
final class SystemTerminal implements Terminal {

    private final Map<String, String> environment;
    private final Console console;
    private final PrintStream out;
    private final PrintStream err;

    /** @param console the process's console, or null if its input or output is no terminal */
    SystemTerminal(Map<String, String> environment, Console console) {
        this.environment = environment;
        this.console = console;
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
    public boolean isInteractive() {
        return console != null;
    }

    @Override
    public boolean isColoured() {
        return isInteractive() && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    @Override
    public Optional<TerminalSize> size() {
        return isInteractive() ? TerminalSize.find(environment) : Optional.empty();
    }

    @Override
    public Optional<String> ask(String question) {
        err.print(question);
        err.flush();
        return Optional.ofNullable(console == null ? null : console.readLine());
    }
}
