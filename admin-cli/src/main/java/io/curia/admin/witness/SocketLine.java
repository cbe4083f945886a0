package io.curia.admin.witness;

import io.curia.model.Endpoint;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import java.time.Duration;

/** A connection to a node on a plain socket. */
public final class SocketLine implements NodeLine {

    private final BlockingNodeClient client;

    private SocketLine(BlockingNodeClient client) {
        this.client = client;
    }

    /** Returns a connection to whoever listens at {@code address}, as {@link NodeLine.Dialler#dial} promises. */
    public static NodeLine dial(Endpoint address, Duration timeout) {
        return new SocketLine(BlockingNodeClient.connect(address, timeout));
    }

    @Override
    public Reply ask(Request request, Duration timeout) {
        return client.ask(request, timeout);
    }

    @Override
    public void close() {
        client.close();
    }
}
