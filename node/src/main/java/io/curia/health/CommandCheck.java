package io.curia.health;

import java.util.Map;
import java.util.Optional;

/** Runs a command: fit if it exits with 0, else unfit for the last line that it wrote. It reads nothing. */
public final class CommandCheck implements HealthCheck {

    private final CommandRun command;

    private CommandCheck(CommandRun command) {
        this.command = command;
    }

    /**
     * Returns a check that runs this command, see {@link CommandRun}.
     *
     * @param line a program and its arguments, with blanks between them; quotes and backslashes as in a shell, and
     *     nothing else
     * @param environment variables that it finds besides those of this process
     * @throws IllegalArgumentException if the line is empty, or a quote is open
     */
    public static CommandCheck of(String line, Map<String, String> environment) {
        return new CommandCheck(CommandRun.of("health command", line, environment));
    }

    /**
     * Returns the program that this command runs; looks for nothing.
     *
     * @throws IllegalArgumentException if the line is empty, or a quote is open
     */
    public static String program(String line) {
        return CommandWords.of("command", line).get(0);
    }

    @Override
    public Optional<String> problem() throws InterruptedException {
        return command.run(new byte[0], Map.of(), CommandRun.UNLIMITED).problem();
    }
}
