package io.curia.wire;

import io.curia.wire.ProbeResult.Sight;
import io.curia.wire.message.ErrorReply;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.Ping;
import io.curia.wire.message.Pong;
import io.curia.wire.message.ProtocolException;
import io.curia.wire.message.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One look of a {@link Probe}, on the loop's thread. Whatever is seen first is the result. */
final class Look extends ChannelInboundHandlerAdapter {

    private static final byte[] PING = MessageCodec.encode(new Ping());
    private static final int MAX_BUFFERED = 16 * 1024;

    private final EventLoop loop;
    private final ProbeTimeouts timeouts;
    private final LineBuffer lines = new LineBuffer(new MemoryBudget(MAX_BUFFERED).share());
    private final CompletableFuture<ProbeResult> result = new CompletableFuture<>();
    private ScheduledFuture<?> clock;

    Look(EventLoop loop, ProbeTimeouts timeouts) {
        this.loop = loop;
        this.timeouts = timeouts;
    }

    CompletionStage<ProbeResult> result() {
        return result.minimalCompletionStage();
    }

    void start(InetSocketAddress address, SocketAddress from) {
        if (address.isUnresolved()) {
            see(null, Sight.UNREACHABLE, "the host has no address");
            return;
        }
        ChannelFuture connecting = Outbound.connect(loop, address, from, timeouts.connect(), this);
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                notConnected(done.cause());
            }
        });
    }

    /** The loop has ended, so this may be any thread. */
    void stopped(Throwable cause) {
        result.complete(ProbeResult.of(Sight.SILENT, "not looked, this node's port is closed: " + cause.getMessage()));
    }

    /**
     * Java tells these apart by their words only. What is not known to have come from the other side, such as a limit
     * of this host on open files or ports, must not be evidence against the other side.
     */
    private void notConnected(Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        if (cause instanceof ConnectTimeoutException || Outbound.isOfTheNetwork(cause)) {
            see(null, Sight.UNREACHABLE, words);
        } else if (cause instanceof ConnectException && words.startsWith("Connection refused")) {
            see(null, Sight.REFUSED, words);
        } else if (words.startsWith("Connection reset")) {
            see(null, Sight.HUNG_UP, words);
        } else {
            see(null, Sight.SILENT, "could not look: " + cause);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        Channel channel = context.channel();
        if (Outbound.isConnectedToItself(channel)) {
            // As good as refused, but only the host itself says so; the next look will hear it.
            see(channel, Sight.HUNG_UP, "the connection came back to where it began");
            return;
        }
        clock = loop.schedule(() -> see(channel, Sight.SILENT, "no answer in " + timeouts.answer()),
                timeouts.answer().toNanos(), TimeUnit.NANOSECONDS);
        channel.writeAndFlush(Unpooled.wrappedBuffer(PING));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            lines.append(bytes.readableBytes(), bytes::readBytes);
            byte[] line = result.isDone() ? null : lines.next();
            if (line != null) {
                hear(context.channel(), MessageCodec.decodeReply(line));
            }
        } catch (ProtocolException e) {
            see(context.channel(), Sight.STRANGER, e.getMessage());
        } finally {
            bytes.release();
        }
    }

    private void hear(Channel channel, Reply reply) {
        if (reply instanceof Pong pong) {
            result.complete(ProbeResult.answered(pong));
            end(channel);
        } else if (reply instanceof ErrorReply error) {
            see(channel, Sight.SILENT, "did not say who it is: " + error.code() + " " + error.detail());
        } else {
            throw ProtocolException.unexpected(reply);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        see(context.channel(), Sight.HUNG_UP, "closed before an answer");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Sight sight = Outbound.isOfTheNetwork(cause) ? Sight.SILENT : Sight.HUNG_UP;
        see(context.channel(), sight, String.valueOf(cause.getMessage()));
    }

    private void see(Channel channel, Sight sight, String detail) {
        result.complete(ProbeResult.of(sight, detail));
        end(channel);
    }

    private void end(Channel channel) {
        if (clock != null) {
            clock.cancel(false);
        }
        if (channel != null) {
            channel.close();
        }
    }
}
