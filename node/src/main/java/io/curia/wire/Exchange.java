package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.wire.NoAnswerException.Kind;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.ProtocolException;
import io.curia.wire.message.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One question to one node, on the loop's thread. Whatever ends it first ends it: answer, failure or deadline. */
final class Exchange extends ChannelInboundHandlerAdapter {

    private final EventLoop loop;
    private final Endpoint address;
    private final byte[] request;
    private final AskTimeouts timeouts;
    private final LineBuffer lines = new LineBuffer(new MemoryBudget(2L * MessageCodec.MAX_LINE).share());
    private final CompletableFuture<Reply> answer = new CompletableFuture<>();
    private ScheduledFuture<?> clock;
    private Channel channel;

    Exchange(EventLoop loop, Endpoint address, byte[] request, AskTimeouts timeouts) {
        this.loop = loop;
        this.address = address;
        this.request = request;
        this.timeouts = timeouts;
    }

    CompletionStage<Reply> answer() {
        return answer.minimalCompletionStage();
    }

    void startClock() {
        clock = loop.schedule(() -> fail(NoAnswerException.timeout(address)), timeouts.total().toNanos(),
                TimeUnit.NANOSECONDS);
    }

    void connect(InetSocketAddress resolved) {
        if (answer.isDone()) {
            return;
        }
        ChannelFuture connecting = Outbound.connect(loop, resolved, timeouts.connect(), this);
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                fail(NoAnswerException.connecting(address, done.cause()));
            }
        });
    }

    void fail(NoAnswerException failure) {
        answer.completeExceptionally(failure);
        end();
    }

    /** The loop has ended, so this may be any thread; nothing is left to be tidied up. */
    void stopped(Throwable cause) {
        answer.completeExceptionally(
                new NoAnswerException(Kind.CLOSED, address, "not asked: this node's port is closed", cause));
    }

    private void end() {
        clock.cancel(false);
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(Unpooled.wrappedBuffer(request));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            lines.append(bytes.readableBytes(), bytes::readBytes);
            byte[] line = answer.isDone() ? null : lines.next();
            if (line != null) {
                answer.complete(MessageCodec.decodeReply(line));
                end();
            }
        } catch (ProtocolException e) {
            fail(NoAnswerException.protocol(address, e));
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(NoAnswerException.closed(address, null));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(NoAnswerException.closed(address, cause));
    }
}
