package io.curia.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process that the benchmark started, and what it has said so far, each line with the time of its arrival. */
final class Child {

    private static final int TAIL_LINES = 15;

    private final String name;
    private final long startedNanos;
    private final Process process;
    private final CompletableFuture<Long> endedNanos;
    private final List<Line> lines = new ArrayList<>();

    /** One line of output, and when it arrived here. */
    record Line(String text, long nanos) {

        /** Returns the value of {@code key=value}; empty if the line has none. */
        Optional<String> value(String key) {
            for (String word : text.split(" ")) {
                if (word.startsWith(key + "=")) {
                    return Optional.of(word.substring(key.length() + 1));
                }
            }
            return Optional.empty();
        }
    }

    private Child(String name, long startedNanos, Process process) {
        this.name = name;
        this.startedNanos = startedNanos;
        this.process = process;
        this.endedNanos = process.onExit().thenApply(ended -> System.nanoTime());
    }

    /** Starts the process; its error output is merged into its output. */
    static Child start(String name, ProcessBuilder builder) throws IOException {
        long now = System.nanoTime();
        Child child = new Child(name, now, builder.redirectErrorStream(true).start());
        Thread reader = new Thread(child::read, "output-of-" + name);
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String text = reader.readLine();
            while (text != null) {
                Line line = new Line(text, System.nanoTime());
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
                text = reader.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the output of " + name, e);
        }
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Returns when it was about to be started. */
    long startedNanos() {
        return startedNanos;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns how many lines have arrived; a place to look on from. */
    int heard() {
        synchronized (lines) {
            return lines.size();
        }
    }

    /** Returns the first line from number {@code from} on that is wanted, or fails with what was said instead. */
    Line await(int from, Predicate<String> wanted, Duration atMost) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (lines) {
            int next = from;
            while (true) {
                for (; next < lines.size(); next++) {
                    if (wanted.test(lines.get(next).text())) {
                        return lines.get(next);
                    }
                }
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (leftMillis <= 0 || !process.isAlive()) {
                    throw new IOException(name + (process.isAlive() ? " did not say what was awaited within " + atMost
                            : " ended") + "; it said last:\n" + tail());
                }
                // The end of the process wakes nobody here, so it is looked for now and then.
                lines.wait(Math.min(leftMillis, 100));
            }
        }
    }

    Line await(String beginning, Duration atMost) throws IOException, InterruptedException {
        return await(0, text -> text.startsWith(beginning), atMost);
    }

    /** Returns the lines from number {@code from} on that begin like this, as heard so far. */
    List<Line> heard(int from, String beginning) {
        synchronized (lines) {
            return lines.stream().skip(from).filter(line -> line.text().startsWith(beginning)).toList();
        }
    }

    /** Returns whether any line so far is wanted. */
    boolean heardAny(Predicate<String> wanted) {
        synchronized (lines) {
            return lines.stream().map(Line::text).anyMatch(wanted);
        }
    }

    /** Returns the first wanted line from number {@code from} on, if it has been heard. */
    Optional<Line> heardFirst(int from, Predicate<String> wanted) {
        synchronized (lines) {
            return lines.stream().skip(from).filter(line -> wanted.test(line.text())).findFirst();
        }
    }

    String tail() {
        synchronized (lines) {
            return String.join("\n", lines.stream().skip(Math.max(0, lines.size() - TAIL_LINES)).map(Line::text)
                    .toList());
        }
    }

    /** Sends a line to its standard input. */
    void say(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** Sends SIGTERM. (The process object itself would also close the streams, and its last words be lost.) */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Sends SIGKILL. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Sends a signal by name and returns once it was sent. */
    void signal(String signal) throws IOException, InterruptedException {
        Process sender = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).inheritIO().start();
        if (sender.waitFor() != 0) {
            throw new IOException("kill -" + signal + " " + pid() + " (" + name + ") failed");
        }
    }

    /** Returns when its end was noticed, or fails if it has not ended in time. */
    long awaitEnd(Duration atMost) throws IOException, InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException(name + " did not end within " + atMost + "; it said last:\n" + tail());
        }
        return endedNanos.join();
    }

    int exitCode() {
        return process.exitValue();
    }
}
