package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.wire.message.Goodbye;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private static final int UNREAD_LOW = 32 * 1024;
    private static final int UNREAD_HIGH = 64 * 1024;
    private static final long STOP_SECONDS = 2;

    private final EventLoopGroup group;
    private final Channel listener;
    private final Endpoint address;
    private final Port port;
    private final HostResolver resolver;
    private final NodeClient client;
    private final Lifelines lifelines;
    private final Probe probe;
    private final CompletableFuture<Void> stopped;
    private final AtomicBoolean stopping = new AtomicBoolean();

    private NodeServer(String name, EventLoopGroup group, CompletableFuture<Void> stopped, Channel listener,
            Endpoint address, Port port) {
        this.group = group;
        this.stopped = stopped;
        this.listener = listener;
        this.address = address;
        this.port = port;
        resolver = new HostResolver(name);
        client = new NodeClient(group.next(), resolver);
        lifelines = new Lifelines(group.next(), resolver, Lifelines.KEEP_ALIVE);
        probe = new Probe(group.next(), resolver);
    }

    /**
     * Returns a server that accepts connections at {@code bind}; port 0 picks a free one. Blocks until it does.
     *
     * @param name what its thread is called
     * @throws BindFailedException if it cannot listen there; nothing is left behind then
     */
    public static NodeServer start(String name, Endpoint bind, ServerLimits limits, RequestHandler handler) {
        CompletableFuture<Void> threadEnded = new CompletableFuture<>();
        EventLoopGroup group = new NioEventLoopGroup(1, thread(name, threadEnded));
        Port port = Port.of(limits, handler);
        ChannelFuture bound = bootstrap(group, port)
                .bind(new InetSocketAddress(bind.host(), bind.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
            threadEnded.join();
            throw new BindFailedException(bind, bound.cause());
        }
        int boundPort = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        return new NodeServer(name, group, threadEnded, bound.channel(), new Endpoint(bind.host(), boundPort), port);
    }

    /** A daemon: a node that was not closed must not keep its user's program from ending. */
    private static ThreadFactory thread(String name, CompletableFuture<Void> ended) {
        return loop -> {
            Thread thread = new FastThreadLocalThread(() -> {
                try {
                    loop.run();
                } finally {
                    ended.complete(null);
                }
            }, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static ServerBootstrap bootstrap(EventLoopGroup group, Port port) {
        // Plain heap buffers: pools would cost more memory than the few small lines that are in flight ever do.
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.RCVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(64, 512, MAX_READ).maxMessagesPerRead(READS_IN_A_ROW))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(UNREAD_LOW, UNREAD_HIGH))
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new ServerConnection(channel, port));
                    }
                });
    }

    /** Returns where it listens: the host it was told, the port it really has. */
    public Endpoint address() {
        return address;
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
        if (group.next().inEventLoop()) {
            part(reason, said);
            return said.minimalCompletionStage();
        }
        try {
            group.next().execute(() -> part(reason, said));
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: every lifeline has ended with the port: {}", address, e.getMessage());
            said.complete(null);
        }
        return said.minimalCompletionStage();
    }

    private void part(String reason, CompletableFuture<Void> said) {
        lifelines.closeAll(reason);
        port.lifelines().part(new Goodbye(reason)).thenRun(() -> said.complete(null));
    }

    /** Returns a stage that completes once nobody can connect any more, asked for or not. */
    public CompletionStage<Void> listenerClosed() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        listener.closeFuture().addListener(done -> closed.complete(null));
        return closed;
    }

    /**
     * Says goodbye on every lifeline without waiting for it to be heard, stops accepting, closes every connection and
     * ends the thread. The stage completes when all of that is done and the port is free. Any number of calls, from
     * any thread, have the effect of one.
     */
    public CompletionStage<Void> stop() {
        if (!stopping.getAndSet(true)) {
            sayGoodbye("the node closes its port");
            resolver.close();
            listener.close().addListener(closed -> {
                port.connections().all().forEach(ServerConnection::abort);
                group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
            });
        }
        return stopped.minimalCompletionStage();
    }

    /** Does what {@link #stop()} does, and waits for it unless called on the server's own thread. */
    @Override
    public void close() {
        CompletableFuture<Void> ending = stop().toCompletableFuture();
        if (!group.next().inEventLoop()) {
            ending.join();
        }
    }
}
