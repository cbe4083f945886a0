package io.curia.zookeeper.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The lock that a running server holds on its directory; the operating system frees it when the process ends, however
 * it ends. Its file holds the process id, which is the holder's for as long as the lock is held.
 */
final class ServerLock implements AutoCloseable {

    private static final int MAX_PID_LENGTH = 18;

    private final FileChannel channel;

    private ServerLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Returns the lock, held until it is closed; empty if another process holds it. */
    static Optional<ServerLock> take(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            return Optional.empty();
        }
        channel.truncate(0);
        String pid = Long.toString(ProcessHandle.current().pid());
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
        return Optional.of(new ServerLock(channel));
    }

    /** Returns the id of the process that holds the lock; empty if nobody does. */
    static OptionalLong holder(Path file) throws IOException {
        if (!Files.exists(file)) {
            return OptionalLong.empty();
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

    /** The holder may not have come to write its id yet; 0 is nobody's. */
    private static long pidIn(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(MAX_PID_LENGTH);
        channel.read(content);
        String pid = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII);
        return pid.matches("\\d+") ? Long.parseLong(pid) : 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
