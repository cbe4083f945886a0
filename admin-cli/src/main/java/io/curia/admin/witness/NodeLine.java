package io.curia.admin.witness;

import io.curia.model.Endpoint;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import java.time.Duration;

/** One connection to a node, on which it can be asked any number of times; for one thread. */
public interface NodeLine extends AutoCloseable {

    /**
     * Returns the node's answer. After a failure the connection is of no more use.
     *
     * @throws io.curia.wire.NoAnswerException if there is none within {@code timeout}
     */
    Reply ask(Request request, Duration timeout);

    @Override
    void close();

    /** Makes connections to nodes: sockets in the program, a script in its tests. */
    @FunctionalInterface
    interface Dialler {

        /**
         * Returns a connection to whoever listens at {@code address}.
         *
         * @throws io.curia.wire.NoAnswerException if it does not stand within {@code timeout}
         */
        NodeLine dial(Endpoint address, Duration timeout);
    }
}
