package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.ProtocolException;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One connection to a node on a plain socket, for programs that ask and end: no thread, no Netty. One thread only.
 */
public final class BlockingNodeClient implements AutoCloseable {

    private static final int MAX_READ = 4_096;

    private final Endpoint address;
    private final Socket socket;
    private final LineBuffer lines = new LineBuffer(new MemoryBudget(2L * MessageCodec.MAX_LINE).share());

    private BlockingNodeClient(Endpoint address, Socket socket) {
        this.address = address;
        this.socket = socket;
    }

    /**
     * Returns the node's answer to {@code request}; the connection is closed again.
     *
     * @throws NoAnswerException if there is none
     */
    public static Reply ask(Endpoint address, Request request, AskTimeouts timeouts) {
        long deadline = System.nanoTime() + timeouts.total().toNanos();
        try (BlockingNodeClient client = connect(address, timeouts.connect())) {
            return client.askUntil(request, deadline);
        }
    }

    /**
     * Returns a connection to the node, to ask any number of times and to keep open.
     *
     * @throws NoAnswerException if it does not stand within {@code timeout}, the look-up of the host name, which the
     *     system bounds, not counted
     */
    public static BlockingNodeClient connect(Endpoint address, Duration timeout) {
        Socket socket = new Socket();
        try {
            InetAddress host = InetAddress.getByName(address.host());
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(host, address.port()), millis(timeout.toNanos()));
            return new BlockingNodeClient(address, socket);
        } catch (IOException e) {
            closeQuietly(socket);
            throw NoAnswerException.connecting(address, e);
        }
    }

    /**
     * Returns the node's answer to {@code request}. After a failure the connection is of no more use.
     *
     * @throws NoAnswerException if there is none within {@code timeout}
     * @throws ProtocolException TOO_LONG if the request does not fit a line; nothing was sent then
     */
    public Reply ask(Request request, Duration timeout) {
        return askUntil(request, System.nanoTime() + timeout.toNanos());
    }

    private Reply askUntil(Request request, long deadlineNanos) {
        byte[] line = MessageCodec.encode(request);
        try {
            socket.getOutputStream().write(line);
            return MessageCodec.decodeReply(readLine(deadlineNanos));
        } catch (SocketTimeoutException e) {
            throw NoAnswerException.timeout(address);
        } catch (IOException e) {
            throw NoAnswerException.closed(address, e);
        } catch (ProtocolException e) {
            throw NoAnswerException.protocol(address, e);
        }
    }

    private byte[] readLine(long deadlineNanos) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] chunk = new byte[MAX_READ];
        byte[] line = lines.next();
        while (line == null) {
            long left = deadlineNanos - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("the answer trickled in too slowly");
            }
            socket.setSoTimeout(millis(left));
            int read = in.read(chunk);
            if (read < 0) {
                throw new EOFException("end of stream");
            }
            lines.append(read, (target, offset, length) -> System.arraycopy(chunk, 0, target, offset, length));
            line = lines.next();
        }
        return line;
    }

    /** Rounded up, and never 0, which sockets take for "for ever". */
    private static int millis(long nanos) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos) + 1));
    }

    /** Closes the connection. */
    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is lost: all that was sent has been answered, or the failure was reported already.
        }
    }
}
