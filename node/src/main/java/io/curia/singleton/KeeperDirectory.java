package io.curia.singleton;

import io.curia.lock.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock that says that no other keeper of this node lives, and the mark by which all that its commands start is
 * found, by this run and by later ones. Held until the process ends, for the kernel to release.
 */
final class KeeperDirectory {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MARK_BYTES = 16;
    private static final String VARIABLE = "CURIA_RUN";

    private final ProcessLock held;
    private final String mark;

    private KeeperDirectory(ProcessLock held, String mark) {
        this.held = held;
        this.mark = mark;
    }

    /** Waits for the keeper of an earlier run to end, which it does as soon as nothing of its command is left. */
    static KeeperDirectory lock(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("keeper.lock");
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Optional<ProcessLock> lock = ProcessLock.take(file);
        while (lock.isEmpty() && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(POLL_NANOS);
            lock = ProcessLock.take(file);
        }
        if (lock.isEmpty()) {
            throw new IOException("another run holds " + directory + "; each needs a directory of its own");
        }
        return new KeeperDirectory(lock.get(), markIn(directory.resolve("keeper.mark")));
    }

    /** Returns the mark that the keeper of this directory uses. */
    static String markIn(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[MARK_BYTES];
            new SecureRandom().nextBytes(random);
            Files.writeString(file, VARIABLE + "=" + HexFormat.of().formatHex(random));
        }
        String mark = Files.readString(file).strip();
        if (!mark.matches(VARIABLE + "=[0-9a-f]{" + 2 * MARK_BYTES + "}")) {
            throw new IOException(file + ": no mark of a keeper; remove it if nothing of an earlier run is left");
        }
        return mark;
    }

    /** Returns what all marks of this directory begin with. */
    String mark() {
        return mark;
    }

    /** Returns the mark of what is started from now on, and by nobody but this process. */
    String freshMark() {
        return mark + "-" + ProcessHandle.current().pid() + "." + System.currentTimeMillis();
    }

    boolean isHeld() {
        return held.isHeld();
    }
}
