package io.curia.zookeeper.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Ends a process that its parent must not leave behind. */
public final class ParentWatch {

    private ParentWatch() {
    }

    /** Has this process halt with {@code exitCode} when its standard input ends: with its parent, however that ends. */
    public static void haltWithParent(int exitCode) {
        Thread watch = new Thread(() -> awaitEnd(System.in, exitCode), "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEnd(InputStream parent, int exitCode) {
        try {
            while (parent.read() >= 0) {
                continue; // Nothing is said here; only the end of it means something.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Runtime.getRuntime().halt(exitCode);
        }
    }
}
