package io.curia.zookeeper.server;

import io.curia.lock.ProcessLock;
import java.io.IOException;
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
            // A log that is durable at every commit needs no farewell: ending at once is as good as ending in order.
            ParentWatch.haltWithParent(0);
        }
        Optional<ProcessLock> lock = ProcessLock.take(ProcessLock.of(configuration.toAbsolutePath().getParent()));
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
}
