package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.Reply;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handler's side of a connection: takes whatever any thread asks for to the port's thread. */
final class HandlerConnection implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerConnection.class);

    private final ServerConnection connection;
    private final EventLoop loop;
    private final Endpoint remote;
    // Both on the loop's thread only.
    private final List<Runnable> closeCallbacks = new ArrayList<>();
    private boolean closed;

    HandlerConnection(ServerConnection connection, EventLoop loop, Endpoint remote) {
        this.connection = connection;
        this.loop = loop;
        this.remote = remote;
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
