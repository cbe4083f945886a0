package io.curia.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.stream.Stream;

/** Connections that this node makes: no name is looked up, buffers are small and only there while bytes pass. */
final class Outbound {

    private static final int MAX_READ = 4_096;

    private Outbound() {}

    /** Returns the connection being made, at once; {@code handler} serves it on {@code loop}. */
    static ChannelFuture connect(EventLoop loop, InetSocketAddress address, Duration timeout,
            ChannelInboundHandler handler) {
        return connect(loop, address, null, timeout, handler);
    }

    /** Does the same from a local address of the caller's choice, or of the system's if it is null. */
    static ChannelFuture connect(EventLoop loop, InetSocketAddress address, SocketAddress from, Duration timeout,
            ChannelInboundHandler handler) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(NioSocketChannel::new)
                .disableResolver()
                .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, 512, MAX_READ))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.SO_REUSEADDR, from != null)
                .handler(handler)
                .connect(address, from);
    }

    /**
     * Returns whether the two ends of the connection are one. Where nobody listens on a port of this host, the system
     * may pick that very port for the caller, and TCP connects it to itself: what is sent comes back. The port is
     * given up without the rest that closed connections take there, so that whoever owns it can bind it.
     */
    static boolean isConnectedToItself(Channel channel) {
        boolean itself = channel.remoteAddress() != null && channel.remoteAddress().equals(channel.localAddress());
        if (itself) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        return itself;
    }

    /** Returns whether a connection that stood broke because this host no longer reaches the other one. */
    static boolean isOfTheNetwork(Throwable cause) {
        String words = cause instanceof IOException ? String.valueOf(cause.getMessage()) : "";
        return Stream.of("timed out", "No route to host", "unreachable", "Host is down").anyMatch(words::contains);
    }
}
