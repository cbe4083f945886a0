package io.curia.singleton;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lines of text between a node and its keeper, each a word and its arguments with blanks between them. One thread
 * reads; any thread writes. A line that is too long ends the conversation, for only a bug can send one.
 */
final class LineChannel implements AutoCloseable {

    private static final int LONGEST_LINE = 4096;

    private final SocketChannel channel;
    private final ByteBuffer read = ByteBuffer.allocate(LONGEST_LINE).flip();

    LineChannel(SocketChannel channel) {
        this.channel = channel;
    }

    /** Sends a line, whole. */
    void send(Object... words) throws IOException {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line.append('\n').toString());
        synchronized (this) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** Waits for the next line and returns its words; empty when the other side has ended. */
    Optional<String[]> receive() throws IOException {
        while (true) {
            for (int at = read.position(); at < read.limit(); at++) {
                if (read.get(at) == '\n') {
                    byte[] line = new byte[at - read.position()];
                    read.get(line).get();
                    return Optional.of(new String(line, StandardCharsets.UTF_8).split(" "));
                }
            }
            read.compact();
            if (!read.hasRemaining()) {
                throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
            }
            int count = channel.read(read);
            read.flip();
            if (count < 0) {
                return Optional.empty();
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
