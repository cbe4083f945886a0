package io.curia.health;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a command: fit if it exits with 0, else unfit for the last line that it wrote.
 *
 * <p>No shell is involved: for one, name it ({@code sh -c '…'}). The command reads nothing, and what it writes is
 * read as it comes and kept only in part, so it can neither wait for its reader nor fill the node's memory.
 * Interrupted, it is killed with everything that it has started. Children that outlive it in other cases are its own
 * affair; they do not hold up the verdict.
 */
public final class CommandCheck implements HealthCheck {

    private static final long READ_EVERY_MILLIS = 50;

    private final List<String> words;
    private final Map<String, String> environment;

    private CommandCheck(List<String> words, Map<String, String> environment) {
        this.words = words;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Returns a check that runs this command.
     *
     * @param line a program and its arguments, with blanks between them; quotes and backslashes as in a shell, and
     *     nothing else
     * @param environment variables that it finds besides those of this process
     * @throws IllegalArgumentException if the line is empty, or a quote is open
     */
    public static CommandCheck of(String line, Map<String, String> environment) {
        return new CommandCheck(CommandWords.of(line), environment);
    }

    /**
     * Returns the program that this command runs; looks for nothing.
     *
     * @throws IllegalArgumentException if the line is empty, or a quote is open
     */
    public static String program(String line) {
        return CommandWords.of(line).get(0);
    }

    @Override
    public Optional<String> problem() throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return Optional.of("cannot be run: " + e.getMessage());
        }
        try (InputStream output = process.getInputStream()) {
            process.getOutputStream().close();
            return verdict(process, output);
        } catch (IOException e) {
            kill(process);
            return Optional.of("its output cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            kill(process);
            throw e;
        }
    }

    private static Optional<String> verdict(Process process, InputStream output)
            throws IOException, InterruptedException {
        OutputTail tail = new OutputTail();
        while (!process.waitFor(READ_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            tail.take(output);
        }
        if (process.exitValue() == 0) {
            return Optional.empty();
        }
        tail.take(output);
        String line = tail.lastLine();
        return Optional.of("exit code " + process.exitValue() + (line.isEmpty() ? "" : ": " + line));
    }

    /** Looks again until nobody new is found: somebody may have been started while the others were killed. */
    private static void kill(Process process) {
        Set<ProcessHandle> doomed = new LinkedHashSet<>();
        doomed.add(process.toHandle());
        boolean more = true;
        while (more) {
            List<ProcessHandle> found = doomed.stream()
                    .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants())).toList();
            more = doomed.addAll(found);
            doomed.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
