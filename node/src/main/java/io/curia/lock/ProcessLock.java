package io.curia.lock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a file that belongs to this process; the operating system frees it when the process ends, however it ends.
 * The file holds the process id, which is the holder's for as long as the lock is held. Thread-safe.
 *
 * <p>On POSIX systems a process loses its locks on a file as soon as it closes any descriptor of that file, one opened
 * only to look included ({@code fcntl(2)}, "Record locks"). So what this process holds is known here, and never opened
 * a second time.
 */
public final class ProcessLock implements AutoCloseable {

    private static final int MAX_PID_LENGTH = 18;
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private ProcessLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Returns the file by which {@code directory} is held as a whole. */
    public static Path of(Path directory) {
        return directory.resolve("lock");
    }

    /**
     * Returns the lock, held until it is closed or this process ends; empty if it is held already, by this process or
     * another.
     *
     * @param file made if it does not exist; its directory must
     * @param attributes what it is made with
     * @throws IOException if the file cannot be made or written
     */
    public static Optional<ProcessLock> take(Path file, FileAttribute<?>... attributes) throws IOException {
        Path real = real(file);
        if (!HELD.add(real)) {
            return Optional.empty();
        }
        Optional<ProcessLock> taken = Optional.empty();
        try {
            taken = open(real, attributes);
            return taken;
        } finally {
            if (taken.isEmpty()) {
                HELD.remove(real);
            }
        }
    }

    private static Optional<ProcessLock> open(Path file, FileAttribute<?>... attributes) throws IOException {
        FileChannel channel = FileChannel.open(file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), attributes);
        boolean taken = false;
        try {
            taken = isLocked(channel);
            return taken ? Optional.of(new ProcessLock(file, channel)) : Optional.empty();
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() == null) {
                return false;
            }
        } catch (OverlappingFileLockException e) {
            // Held through another copy of this class: in the same process, which is as good as another.
            return false;
        }
        channel.truncate(0);
        String pid = Long.toString(ProcessHandle.current().pid());
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
        return true;
    }

    /**
     * Returns the id of the process that holds the lock, 0 if it has not said yet; empty if nobody does.
     *
     * @throws IOException if the file exists and cannot be read and written
     */
    public static OptionalLong holder(Path file) throws IOException {
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        if (HELD.contains(real(file))) {
            return OptionalLong.of(ProcessHandle.current().pid());
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                lock.release();
                return OptionalLong.empty();
            }
            return OptionalLong.of(pidIn(channel));
        }
    }

    private static long pidIn(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(MAX_PID_LENGTH);
        channel.read(content);
        String pid = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII);
        return pid.matches("\\d+") ? Long.parseLong(pid) : 0;
    }

    /** Returns whether it was not closed yet. */
    public boolean isHeld() {
        return channel.isOpen();
    }

    private static Path real(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        return absolute.getParent().toRealPath().resolve(absolute.getFileName());
    }

    /** Frees the lock. Idempotent. */
    @Override
    public void close() throws IOException {
        // In this order: whoever takes it again must not lose it by this.
        channel.close();
        HELD.remove(file);
    }
}
