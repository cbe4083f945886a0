package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.wire.message.Goodbye;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.Notice;
import io.curia.wire.message.ProtocolException;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Yielded;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handler's side of a connection: takes whatever any thread asks for to the port's thread. */
final class HandlerConnection implements Connection, Notice.Visitor<Void> {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerConnection.class);

    private final ServerConnection connection;
    private final EventLoop loop;
    private final Endpoint remote;
    // Both on the loop's thread only.
    private final List<Runnable> closeCallbacks = new ArrayList<>();
    private boolean closed;
    private volatile Optional<Goodbye> goodbye = Optional.empty();

    HandlerConnection(ServerConnection connection, SocketChannel channel) {
        this.connection = connection;
        loop = channel.eventLoop();
        InetSocketAddress client = channel.remoteAddress();
        remote = new Endpoint(client.getAddress().getHostAddress(), client.getPort());
    }

    @Override
    public Endpoint remote() {
        return remote;
    }

    @Override
    public void onClose(Runnable callback) {
        boolean taken = onLoop(() -> {
            if (closed) {
                run(callback);
            } else {
                closeCallbacks.add(callback);
            }
        });
        if (!taken) {
            run(callback);
        }
    }

    @Override
    public void keep() {
        onLoop(connection::keep);
    }

    @Override
    public void send(Reply message) {
        byte[] line = MessageCodec.encode(message);
        onLoop(() -> connection.send(line));
    }

    @Override
    public void send(Notice message) {
        byte[] line = MessageCodec.encode(message);
        onLoop(() -> connection.send(line));
    }

    @Override
    public Optional<Goodbye> goodbye() {
        return goodbye;
    }

    /** These were the client's last words; to be called before {@link #closed()}. */
    @Override
    public Void goodbye(Goodbye notice) {
        goodbye = Optional.of(notice);
        return null;
    }

    /** Who answers on a port says that; who calls there has nothing to hand over. */
    @Override
    public Void yielded(Yielded notice) {
        throw ProtocolException.unexpected(notice);
    }

    @Override
    public void close() {
        onLoop(connection::close);
    }

    /** The connection is gone; to be called once, on the port's thread. */
    void closed() {
        closed = true;
        closeCallbacks.forEach(this::run);
        closeCallbacks.clear();
    }

    /** Runs the task on the port's thread, at once if this is it; false if that thread has ended, and all with it. */
    boolean onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
            return true;
        }
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            // The port was stopped, and this connection with it: there is nobody left to do it to.
            LOG.debug("connection of {} went with its port: {}", remote, e.getMessage());
            return false;
        }
    }

    private void run(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            LOG.warn("a close callback of connection {} failed", remote, e);
        }
    }
}
