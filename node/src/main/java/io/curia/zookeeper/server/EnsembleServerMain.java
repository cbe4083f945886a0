package io.curia.zookeeper.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/**
 * The main class of one server process. It holds its directory's lock while it lives, and unless it is detached it
 * ends when its standard input does, which is when the process that started it ends, however that ends.
 *
 * <p>Being the whole of a process, it is allowed to end it: nothing else runs there.
 */
public final class EnsembleServerMain {

    static final String DETACHED = "--detached";
    /** Exit code of a server whose directory another process holds. */
    static final int DIRECTORY_IN_USE = 7;

    private EnsembleServerMain() {
    }

    /** Runs the server configured by the file {@code arguments[0]} until the process is told to end. */
    public static void main(String... arguments) throws IOException {
        Path configuration = Path.of(arguments[0]);
        if (arguments.length < 2 || !arguments[1].equals(DETACHED)) {
            Thread watch = new Thread(() -> endWith(System.in), "parent-watch");
            watch.setDaemon(true);
            watch.start();
        }
        Optional<ServerLock> lock = ServerLock.take(configuration.resolveSibling("lock"));
        if (lock.isEmpty()) {
            System.err.println(configuration.getParent() + " is in use by another server");
            Runtime.getRuntime().halt(DIRECTORY_IN_USE);
        }
        try {
            QuorumPeerMain.main(new String[] {configuration.toString()});
        } finally {
            lock.get().close();
        }
    }

    /** A log that is durable at every commit needs no farewell: ending at once is as good as ending in order. */
    private static void endWith(InputStream parent) {
        try {
            while (parent.read() >= 0) {
                continue; // Nothing is said here; only the end of it means something.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }
}
