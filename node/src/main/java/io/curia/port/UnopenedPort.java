package io.curia.port;

import io.curia.model.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;

/**
 * The socket of a port to which nobody can connect yet, to be taken before anything else is connected.
 *
 * <p>A kernel closes what a killed process had open in the order of the descriptors, of which it always gives the
 * lowest that is free (Linux: {@code close_files}). So a port whose socket was taken first is closed before any
 * connection is: whoever hears that one has ended, and looks, finds that the port refuses. Otherwise the look may come
 * in between, and has to be repeated.
 */
public final class UnopenedPort implements AutoCloseable {

    private final ServerSocketChannel socket;

    private UnopenedPort(ServerSocketChannel socket) {
        this.socket = socket;
    }

    /**
     * Returns one for a port at {@code bind}.
     *
     * @throws BindFailedException if there is no socket to be had, such as when too many files are open
     */
    public static UnopenedPort take(Endpoint bind) {
        try {
            return new UnopenedPort(ServerSocketChannel.open());
        } catch (IOException e) {
            throw new BindFailedException(bind, e);
        }
    }

    ServerSocketChannel socket() {
        return socket;
    }

    /** Gives the socket back, opened or not; never needed once the port that was opened with it is stopped. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the socket of a port", e);
        }
    }
}
