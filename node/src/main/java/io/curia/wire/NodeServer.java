package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.port.BindFailedException;
import io.curia.port.OpenPort;
import io.curia.wire.message.Goodbye;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's port: accepts connections, reads requests line by line, answers them in order.
 *
 * <p>One thread does all of it. A line that is no request of this protocol is answered with a typed error (a request
 * to join: with a refusal) and ends its connection, after the answers to the requests before it: a peer that
 * cannot speak is not listened to any further. A failing or late handler costs its asker that one answer only.
 */
public final class NodeServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeServer.class);
    private static final int BACKLOG = 4_096;
    private static final int MAX_READ = 4_096;
    private static final int READS_IN_A_ROW = 4;

    private final OpenPort port;
    private final KeptLifelines kept;
    private final HostResolver resolver;
    private final NodeClient client;
    private final Lifelines lifelines;
    private final Probe probe;

    private NodeServer(String name, OpenPort port, KeptLifelines kept) {
        this.port = port;
        this.kept = kept;
        resolver = new HostResolver(name);
        client = new NodeClient(port.loop(), resolver);
        lifelines = new Lifelines(port.loop(), resolver, Lifelines.KEEP_ALIVE);
        probe = new Probe(port.loop(), resolver);
    }

    /**
     * Returns a server that accepts connections at {@code bind}; port 0 picks a free one. Blocks until it does.
     *
     * @param name what its thread is called
     * @throws BindFailedException if it cannot listen there; nothing is left behind then
     */
    public static NodeServer start(String name, Endpoint bind, ServerLimits limits, RequestHandler handler) {
        Port shared = Port.of(limits, handler);
        OpenPort port = OpenPort.at(bind, name, bootstrap -> speak(bootstrap, shared),
                () -> shared.connections().all().forEach(ServerConnection::abort));
        return new NodeServer(name, port, shared.lifelines());
    }

    private static void speak(ServerBootstrap bootstrap, Port shared) {
        bootstrap.option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.RCVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(64, 512, MAX_READ).maxMessagesPerRead(READS_IN_A_ROW))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new ServerConnection(channel, shared));
                    }
                });
    }

    /** Returns where it listens: the host it was told, the port it really has. */
    public Endpoint address() {
        return port.address();
    }

    /** Returns a client that asks other nodes on this server's thread; it ends with the server. */
    public NodeClient client() {
        return client;
    }

    /** Returns what opens lifelines to other nodes on this server's thread; they end with the server. */
    public Lifelines lifelines() {
        return lifelines;
    }

    /** Returns what looks at other nodes' addresses on this server's thread. */
    public Probe probe() {
        return probe;
    }

    /**
     * Says goodbye on every lifeline, those that others hold to this port and those that this node has opened, and
     * closes them; one that is asked for later is told so at once. The port goes on answering everything else. The
     * stage completes when the others have closed their ends too, or have had {@link ServerLimits#linger()} for it.
     * Only the first call says anything.
     */
    public CompletionStage<Void> sayGoodbye(String reason) {
        CompletableFuture<Void> said = new CompletableFuture<>();
        EventLoop loop = port.loop();
        if (loop.inEventLoop()) {
            part(reason, said);
            return said.minimalCompletionStage();
        }
        try {
            loop.execute(() -> part(reason, said));
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: every lifeline has ended with the port: {}", address(), e.getMessage());
            said.complete(null);
        }
        return said.minimalCompletionStage();
    }

    private void part(String reason, CompletableFuture<Void> said) {
        lifelines.closeAll(reason);
        kept.part(new Goodbye(reason)).thenRun(() -> said.complete(null));
    }

    /** Returns a stage that completes once nobody can connect any more, asked for or not. */
    public CompletionStage<Void> listenerClosed() {
        return port.closed();
    }

    /**
     * Says goodbye on every lifeline without waiting for it to be heard, stops accepting, closes every connection and
     * ends the thread. The stage completes when all of that is done and the port is free. Any number of calls, from
     * any thread, have the effect of one.
     */
    public CompletionStage<Void> stop() {
        sayGoodbye("the node closes its port");
        resolver.close();
        return port.stop();
    }

    /** Does what {@link #stop()} does, and waits for it unless called on the server's own thread. */
    @Override
    public void close() {
        CompletableFuture<Void> ending = stop().toCompletableFuture();
        if (!port.loop().inEventLoop()) {
            ending.join();
        }
    }
}
