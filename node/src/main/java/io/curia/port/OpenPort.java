package io.curia.port;

import io.curia.model.Endpoint;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A socket that accepts connections, and the one thread that does all the work on them. Any thread may use it. */
public final class OpenPort {

    private static final int UNREAD_LOW = 32 * 1024;
    private static final int UNREAD_HIGH = 64 * 1024;
    private static final long STOP_SECONDS = 2;

    private final EventLoopGroup group;
    private final Channel listener;
    private final Endpoint address;
    private final Runnable hangUp;
    private final CompletableFuture<Void> threadEnded;
    private final AtomicBoolean stopping = new AtomicBoolean();

    private OpenPort(EventLoopGroup group, Channel listener, Endpoint address, Runnable hangUp,
            CompletableFuture<Void> threadEnded) {
        this.group = group;
        this.listener = listener;
        this.address = address;
        this.hangUp = hangUp;
        this.threadEnded = threadEnded;
    }

    /**
     * Returns a port that accepts connections at {@code bind}; port 0 picks a free one. Blocks until it does.
     *
     * @param name what its thread is called
     * @param protocol says what becomes of a connection, and whatever else this protocol wants of its sockets
     * @param hangUp ends every connection; called once, on the port's thread, when nobody can connect any more
     * @throws BindFailedException if it cannot listen there; nothing is left behind then
     */
    public static OpenPort at(Endpoint bind, String name, Consumer<ServerBootstrap> protocol, Runnable hangUp) {
        CompletableFuture<Void> threadEnded = new CompletableFuture<>();
        EventLoopGroup group = new NioEventLoopGroup(1, thread(name, threadEnded));
        ServerBootstrap bootstrap = bootstrap(group);
        protocol.accept(bootstrap);
        ChannelFuture bound = bootstrap.bind(new InetSocketAddress(bind.host(), bind.port())).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
            threadEnded.join();
            throw new BindFailedException(bind, bound.cause());
        }
        int port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        return new OpenPort(group, bound.channel(), new Endpoint(bind.host(), port), hangUp, threadEnded);
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

    private static ServerBootstrap bootstrap(EventLoopGroup group) {
        // Plain heap buffers: pools would cost more memory than the few small messages in flight ever do.
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(UNREAD_LOW, UNREAD_HIGH))
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true);
    }

    /** Returns where it listens: the host it was told, the port it really has. */
    public Endpoint address() {
        return address;
    }

    /** Returns its thread. */
    public EventLoop loop() {
        return group.next();
    }

    /** Returns a stage that completes once nobody can connect any more, asked for or not. */
    public CompletionStage<Void> closed() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        listener.closeFuture().addListener(done -> closed.complete(null));
        return closed;
    }

    /**
     * Stops accepting, hangs up on everybody and ends the thread. The stage completes when all of that is done and the
     * port is free. Any number of calls, from any thread, have the effect of one.
     */
    public CompletionStage<Void> stop() {
        if (!stopping.getAndSet(true)) {
            // On its own thread: that must not have ended by the time it is told what to do when it is closed.
            loop().execute(() -> listener.close().addListener(closed -> {
                hangUp.run();
                group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
            }));
        }
        return threadEnded.minimalCompletionStage();
    }
}
