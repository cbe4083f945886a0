package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.wire.message.Reply;

/** One client's connection to the node's port. Any thread may use it. */
public interface Connection {

    /** Returns where the client calls from. */
    Endpoint remote();

    /**
     * Runs {@code callback} exactly once, after the connection is gone for whatever reason, also if it is gone
     * already. Runs it on the port's thread: it must not block.
     */
    void onClose(Runnable callback);

    /** From now on the connection may be silent for ever; it is still closed if a line stays unfinished. */
    void keep();

    /**
     * Says {@code message} without having been asked. A client that does not read what it is sent is cut off, and a
     * message to a connection that is gone is dropped.
     *
     * @throws io.curia.wire.message.ProtocolException if the message does not fit a line
     */
    void send(Reply message);

    /** Closes the connection once what was said before has been sent. */
    void close();
}
