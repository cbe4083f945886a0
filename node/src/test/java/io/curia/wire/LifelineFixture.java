package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.wire.message.LifelineReply;
import io.curia.wire.message.LifelineRequest;
import io.curia.wire.message.MessageCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two nodes, of which one is to open lifelines to the other or to a listener, and what it hears of them. */
abstract class LifelineFixture {

    static final Duration SOON = Duration.ofSeconds(20);
    static final AskTimeouts PATIENT = AskTimeouts.of(SOON);

    final Heard heard = new Heard();
    LifelineNode holder;
    LifelineNode node;

    @BeforeEach
    void start() {
        holder = LifelineNode.start("n1");
        node = LifelineNode.start("n2");
    }

    @AfterEach
    void stop() {
        node.close();
        holder.close();
    }

    /** Has the holder open a lifeline. */
    final Lifeline open(Endpoint to, AskTimeouts timeouts) {
        return holder.server().lifelines().open(to, holder.request(), timeouts, heard);
    }

    static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    static Endpoint address(ServerSocket listener) {
        return new Endpoint("127.0.0.1", listener.getLocalPort());
    }

    /** Returns what the node would answer, for a listener to say. */
    final byte[] reply() {
        LifelineRequest other = node.request();
        return MessageCodec.encode(new LifelineReply(other.cluster(), other.uuid(), other.source(),
                other.incarnation(), other.epoch(), Optional.empty(), true));
    }
}
