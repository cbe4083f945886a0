package io.curia.singleton;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Copies what a command writes, line by line and each line whole, with something before each. */
final class PrefixedOutput {

    /** What is longer is told in several lines. */
    private static final int LONGEST_LINE = 8 * 1024;

    private PrefixedOutput() {
    }

    /** Begins, on two threads, which end when the last process that holds the other ends of the pipes does. */
    static void copy(Process process, String prefix) {
        begin(process.getInputStream(), System.out, prefix);
        begin(process.getErrorStream(), System.err, prefix);
    }

    private static void begin(InputStream from, PrintStream to, String prefix) {
        Thread copying = new Thread(() -> {
            try (InputStream input = new BufferedInputStream(from)) {
                copy(input, to, prefix);
            } catch (IOException e) {
                System.err.println("keeper: output was lost: " + e.getMessage());
            }
        }, "keeper-output");
        copying.setDaemon(true);
        copying.start();
    }

    static void copy(InputStream from, PrintStream to, String prefix) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = from.read(); next >= 0; next = from.read()) {
            if (next != '\n') {
                line.write(next);
            }
            if (next == '\n' || line.size() >= LONGEST_LINE) {
                write(line, to, prefix);
            }
        }
        if (line.size() > 0) {
            write(line, to, prefix);
        }
    }

    private static void write(ByteArrayOutputStream line, PrintStream to, String prefix) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(prefix.getBytes(StandardCharsets.UTF_8));
        whole.writeBytes(line.toByteArray());
        whole.write('\n');
        line.reset();
        synchronized (to) {
            to.writeBytes(whole.toByteArray());
            to.flush();
        }
    }
}
