package io.curia.lock;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Another process that asks for a lock, and holds it until it is killed. */
final class OtherProcess implements AutoCloseable {

    private static final String HELD = "held";
    private static final String REFUSED = "refused";

    private final Process process;
    private final String answer;

    private OtherProcess(Process process, String answer) {
        this.process = process;
        this.answer = answer;
    }

    /** What the other process does. */
    public static void main(String... arguments) throws IOException {
        Optional<ProcessLock> lock = ProcessLock.take(Path.of(arguments[0]));
        System.out.println(lock.isPresent() ? HELD : REFUSED);
        while (System.in.read() >= 0) {
            // The end of the one that started it is the end of its input.
        }
    }

    private static OtherProcess asking(Path file) throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx32m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                OtherProcess.class.getName(), file.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader said = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new OtherProcess(process, said.readLine());
    }

    /** Returns one that holds the lock. */
    static OtherProcess holding(Path file) throws IOException {
        OtherProcess other = asking(file);
        if (!HELD.equals(other.answer)) {
            throw new AssertionError("another process asked for " + file + " and said " + other.answer);
        }
        return other;
    }

    /** Returns whether another process was given the lock, which it has lost again by now. */
    static boolean triesToTake(Path file) throws IOException {
        try (OtherProcess other = asking(file)) {
            return HELD.equals(other.answer);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Ends it, and returns once it has. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
