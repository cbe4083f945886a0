package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * Asks other nodes on the thread of this node's own port, see {@link NodeServer#client()}: one connection, one
 * request, one reply. Any thread may use it.
 */
public final class NodeClient {

    private final EventLoop loop;
    private final HostResolver resolver;

    NodeClient(EventLoop loop, HostResolver resolver) {
        this.loop = loop;
        this.resolver = resolver;
    }

    /**
     * Returns the node's answer to come; it fails with {@link NoAnswerException} if there is none in time, and with
     * kind CLOSED once the server is stopped. It completes on the port's thread: what is chained to it must not block.
     *
     * @throws io.curia.wire.message.ProtocolException TOO_LONG if the request does not fit a line
     */
    public CompletionStage<Reply> ask(Endpoint address, Request request, AskTimeouts timeouts) {
        Exchange exchange = new Exchange(loop, address, MessageCodec.encode(request), timeouts);
        onLoop(exchange, exchange::startClock);
        resolver.resolve(address.host()).whenComplete((host, failure) ->
                onLoop(exchange, () -> resolved(exchange, address, host, failure)));
        return exchange.answer();
    }

    private static void resolved(Exchange exchange, Endpoint address, InetAddress host, Throwable failure) {
        if (failure == null) {
            exchange.connect(new InetSocketAddress(host, address.port()));
        } else {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            exchange.fail(NoAnswerException.connecting(address, cause));
        }
    }

    private void onLoop(Exchange exchange, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            exchange.stopped(e);
        }
    }
}
