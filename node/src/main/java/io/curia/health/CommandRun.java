package io.curia.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command that is run now and then, each time for a bounded time.
 *
 * <p>No shell is involved: for one, name it ({@code sh -c '…'}). What the command writes is read as it comes and kept
 * only in part, so it can neither wait for its reader nor fill the node's memory. Out of time or interrupted, it is
 * killed with everything that it has started. Children that outlive it in other cases are its own affair; they do not
 * hold up the result.
 */
public final class CommandRun {

    /** For a command whose time somebody else measures. */
    public static final Duration UNLIMITED = Duration.ofDays(365);
    private static final long READ_EVERY_MILLIS = 50;

    private final List<String> words;
    private final Map<String, String> environment;

    /**
     * How a run ended.
     *
     * @param code the exit code; empty if it could not be started, or was killed for want of time
     * @param words the last line that it wrote, or why there is no exit code
     */
    public record Result(OptionalInt code, String words) {

        /** Returns what is wrong, unless the exit code is 0. */
        public Optional<String> problem() {
            if (code.isEmpty()) {
                return Optional.of(words);
            }
            return code.getAsInt() == 0 ? Optional.empty()
                    : Optional.of("exit code " + code.getAsInt() + (words.isEmpty() ? "" : ": " + words));
        }

        private static Result failed(String why) {
            return new Result(OptionalInt.empty(), why);
        }
    }

    private CommandRun(List<String> words, Map<String, String> environment) {
        this.words = words;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Returns what runs this command.
     *
     * @param what the command is, for whoever reads that it is not well formed
     * @param line a program and its arguments, with blanks between them; quotes and backslashes as in a shell, and
     *     nothing else
     * @param environment variables that it finds besides those of this process
     * @throws IllegalArgumentException if the line is empty, or a quote is open
     */
    public static CommandRun of(String what, String line, Map<String, String> environment) {
        return new CommandRun(CommandWords.of(what, line), environment);
    }

    /**
     * Runs it, with this input and these variables besides those that it always finds, and returns how it ended.
     *
     * @param input at most what a pipe holds, some ten thousand bytes
     */
    public Result run(byte[] input, Map<String, String> more, Duration atMost) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().putAll(more);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return Result.failed("cannot be run: " + e.getMessage());
        }
        try (InputStream output = process.getInputStream()) {
            tell(process, input);
            return result(process, output, atMost);
        } catch (IOException e) {
            kill(process);
            return Result.failed("its output cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            kill(process);
            throw e;
        }
    }

    private static void tell(Process process, byte[] input) {
        try (OutputStream told = process.getOutputStream()) {
            told.write(input);
        } catch (IOException e) {
            // It has ended, or closed its input, without having read what it was told: that is its choice.
            return;
        }
    }

    private static Result result(Process process, InputStream output, Duration atMost)
            throws IOException, InterruptedException {
        OutputTail tail = new OutputTail();
        long begun = System.nanoTime();
        while (!process.waitFor(READ_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            tail.take(output);
            if (System.nanoTime() - begun > atMost.toNanos()) {
                kill(process);
                return Result.failed("did not end within " + atMost.toMillis() + " ms");
            }
        }
        tail.take(output);
        return new Result(OptionalInt.of(process.exitValue()), tail.lastLine());
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
