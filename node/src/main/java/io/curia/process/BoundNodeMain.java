package io.curia.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The program {@code node} for a parent that must not leave it behind: the process ends when its standard input does,
 * which is when the parent ends, however that ends.
 */
final class BoundNodeMain {

    private BoundNodeMain() {
    }

    /** Runs the command that the arguments name and ends the process with its exit code. */
    public static void main(String... arguments) {
        Thread watch = new Thread(() -> endWith(System.in), "parent-watch");
        watch.setDaemon(true);
        watch.start();
        NodeMain.main(arguments);
    }

    /** The parent took its ZooKeeper along, so there is nobody left to say goodbye to. */
    private static void endWith(InputStream parent) {
        try {
            while (parent.read() >= 0) {
                continue; // Nothing is said here; only the end of it means something.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }
}
