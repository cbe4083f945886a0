package io.curia.process;

import io.curia.zookeeper.server.InProcessEnsemble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Loads the classes that a node, its servers and its command line load, by being all of them for a moment. The launcher
 * runs it once and keeps what was loaded as a class archive.
 */
final class ClassArchiveTraining {

    private static final int DEADLINE_SECONDS = 30;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private ClassArchiveTraining() {
    }

    /** Ends the process when everything has been loaded; the directory {@code arguments[0]} is left to the caller. */
    public static void main(String... arguments) throws IOException {
        CompletableFuture.delayedExecutor(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(1));
        InProcessEnsemble ensemble = InProcessEnsemble.start(Path.of(arguments[0]));
        NodeMain.run(Map.of(), "--version");
        NodeMain.run(Map.of(), "zookeeper", "--version");
        while (!ensemble.serves()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        System.exit(0);
    }
}
