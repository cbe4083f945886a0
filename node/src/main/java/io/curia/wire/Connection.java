package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.wire.message.Goodbye;
import io.curia.wire.message.Notice;
import io.curia.wire.message.Reply;
import java.util.Optional;

/** One client's connection to the node's port. Any thread may use it. */
public interface Connection {

    /** Returns where the client calls from. */
    Endpoint remote();

    /**
     * Runs {@code callback} exactly once, after the connection is gone for whatever reason, also if it is gone
     * already. Runs it on the port's thread: it must not block.
     */
    void onClose(Runnable callback);

    /**
     * From now on the connection may be silent for ever; it is still closed if a line stays unfinished. If the client
     * asked for a lifeline, it is one now, and will be told goodbye when the port is closed on purpose.
     */
    void keep();

    /**
     * Returns the client's last words; empty if it has said no goodbye. What they are when a callback of
     * {@link #onClose} runs is final.
     */
    Optional<Goodbye> goodbye();

    /**
     * Says {@code message} without having been asked. A client that does not read what it is sent is cut off, and a
     * message to a connection that is gone is dropped.
     *
     * @throws io.curia.wire.message.ProtocolException if the message does not fit a line
     */
    void send(Reply message);

    /** Says {@code message}, like {@link #send(Reply)}; whoever says goodbye is to close the connection too. */
    void send(Notice message);

    /** Closes the connection once what was said before has been sent. */
    void close();
}
