package io.curia.http;

import io.curia.model.Endpoint;
import io.curia.wire.BindFailedException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The socket that HTTP is spoken on, and its one thread. */
final class HttpPort {

    private static final int BACKLOG = 1_024;
    private static final int MAX_READ = 4_096;
    private static final int UNREAD_LOW = 32 * 1024;
    private static final int UNREAD_HIGH = 64 * 1024;
    /** What the system keeps for a client that does not read, about twice; left alone it would be megabytes. */
    private static final int UNSENT = 128 * 1024;
    private static final long STOP_SECONDS = 2;

    private final EventLoopGroup group;
    private final Channel listener;
    private final Endpoint address;
    private final Visitors visitors;
    private final CompletableFuture<Void> stopped;
    private final AtomicBoolean stopping = new AtomicBoolean();

    private HttpPort(EventLoopGroup group, Channel listener, Endpoint address, Visitors visitors,
            CompletableFuture<Void> stopped) {
        this.group = group;
        this.listener = listener;
        this.address = address;
        this.visitors = visitors;
        this.stopped = stopped;
    }

    /**
     * Returns a port that accepts connections. Blocks until it does.
     *
     * @throws BindFailedException if it cannot listen there; nothing is left behind then
     */
    static HttpPort open(String name, HttpSettings settings, Routes routes) {
        CompletableFuture<Void> threadEnded = new CompletableFuture<>();
        EventLoopGroup group = new NioEventLoopGroup(1, thread(name, threadEnded));
        Endpoint bind = settings.bind();
        Visitors visitors = new Visitors(settings.limits().maxConnections());
        ChannelFuture bound = bootstrap(group, settings, routes, visitors)
                .bind(new InetSocketAddress(bind.host(), bind.port())).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
            threadEnded.join();
            throw new BindFailedException(bind, bound.cause());
        }
        int port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        return new HttpPort(group, bound.channel(), new Endpoint(bind.host(), port), visitors, threadEnded);
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

    private static ServerBootstrap bootstrap(EventLoopGroup group, HttpSettings settings, Routes routes,
            Visitors visitors) {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
        HostRule hosts = new HostRule(settings);
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.RCVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(64, 1_024, MAX_READ).maxMessagesPerRead(1))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(UNREAD_LOW, UNREAD_HIGH))
                .childOption(ChannelOption.SO_SNDBUF, UNSENT)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        HttpConnection connection =
                                new HttpConnection(channel, settings.limits(), hosts, routes, visitors);
                        channel.pipeline().addLast(connection.doorbell(), new HttpRequestDecoder(decoding()),
                                new HttpResponseEncoder(), new FlowControlHandler(), connection);
                    }
                });
    }

    private static HttpDecoderConfig decoding() {
        return new HttpDecoderConfig().setMaxInitialLineLength(HttpLimits.MAX_LINE)
                .setMaxHeaderSize(HttpLimits.MAX_HEADERS).setInitialBufferSize(128).setValidateHeaders(true);
    }

    /** Returns where it listens: the host it was told, the port it really has. */
    Endpoint address() {
        return address;
    }

    /** Returns its thread. */
    EventLoop loop() {
        return group.next();
    }

    /** Stops accepting, closes every connection and ends the thread; completes when that is done. */
    CompletionStage<Void> stop() {
        if (!stopping.getAndSet(true)) {
            listener.close().addListener(closed -> {
                visitors.all().forEach(HttpConnection::abort);
                group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
            });
        }
        return stopped.minimalCompletionStage();
    }
}
