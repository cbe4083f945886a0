package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.wire.NoAnswerException.Kind;
import io.curia.wire.message.ErrorReply;
import io.curia.wire.message.Goodbye;
import io.curia.wire.message.LifelineReply;
import io.curia.wire.message.LifelineRequest;
import io.curia.wire.message.Message;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.Notice;
import io.curia.wire.message.Ping;
import io.curia.wire.message.Pong;
import io.curia.wire.message.ProtocolException;
import io.curia.wire.message.WitnessReply;
import io.curia.wire.message.WitnessRequest;
import io.curia.wire.message.Yielded;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's end of a lifeline that it opened, on the loop's thread. The first ending is the one that is told. */
final class HeldLifeline extends ChannelInboundHandlerAdapter implements Lifeline, Notice.Visitor<Void> {

    private static final Logger LOG = LoggerFactory.getLogger(HeldLifeline.class);
    private static final byte[] PING = MessageCodec.encode(new Ping());
    private static final int MAX_BUFFERED = 16 * 1024;
    private static final long LINGER_SECONDS = 1;

    private enum State { OPENING, OPEN, ENDED }

    private final Lifelines lifelines;
    private final EventLoop loop;
    private final Endpoint address;
    private final LifelineRequest request;
    private final byte[] requestLine;
    private final AskTimeouts timeouts;
    private final Listener listener;
    private final LineBuffer lines = new LineBuffer(new MemoryBudget(MAX_BUFFERED).share());
    private State state = State.OPENING;
    private ScheduledFuture<?> clock;
    private SocketChannel channel;
    private boolean pongOwed;

    HeldLifeline(Lifelines lifelines, EventLoop loop, Endpoint address, LifelineRequest request, AskTimeouts timeouts,
            Listener listener) {
        this.lifelines = lifelines;
        this.loop = loop;
        this.address = address;
        this.request = request;
        this.requestLine = MessageCodec.encode(request);
        this.timeouts = timeouts;
        this.listener = listener;
    }

    @Override
    public Endpoint address() {
        return address;
    }

    // Opening.

    void startClock() {
        clock = loop.schedule(() -> leave(Ending.NEVER_OPENED, NoAnswerException.timeout(address), "no answer in time"),
                timeouts.total().toNanos(), TimeUnit.NANOSECONDS);
    }

    void connect(InetSocketAddress resolved) {
        if (state == State.ENDED) {
            return;
        }
        ChannelFuture connecting = Outbound.connect(loop, resolved, timeouts.connect(), this);
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                end(Ending.NEVER_OPENED, NoAnswerException.connecting(address, done.cause()));
            }
        });
        // Not a socket if there was none to be had; then it has failed already.
        channel = connecting.channel() instanceof SocketChannel socket ? socket : null;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (Outbound.isConnectedToItself(context.channel())) {
            end(Ending.NEVER_OPENED, NoAnswerException.connectedToItself(address));
        } else {
            context.writeAndFlush(Unpooled.wrappedBuffer(requestLine));
        }
    }

    private void opened(LifelineReply reply) {
        if (state != State.OPENING || !reply.answers(request)) {
            throw ProtocolException.unexpected(reply);
        }
        state = State.OPEN;
        clock.cancel(false);
        tell(() -> listener.onOpen(reply, channel.remoteAddress()));
    }

    // While it stands.

    /** Sends a ping, unless one was not answered: those to a frozen process would only pile up. */
    void keepAlive() {
        if (state == State.OPEN && !pongOwed) {
            pongOwed = true;
            channel.writeAndFlush(Unpooled.wrappedBuffer(PING));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (state == State.ENDED) {
                return;
            }
            lines.append(bytes.readableBytes(), bytes::readBytes);
            for (byte[] line = lines.next(); line != null && state != State.ENDED; line = lines.next()) {
                hear(MessageCodec.decodeFromServer(line));
            }
        } catch (ProtocolException e) {
            leave(state == State.OPEN ? Ending.LOST : Ending.NEVER_OPENED, NoAnswerException.protocol(address, e),
                    e.getMessage());
        } finally {
            bytes.release();
        }
    }

    private void hear(Message message) {
        if (message instanceof Notice notice) {
            notice.accept(this);
        } else if (message instanceof LifelineReply reply) {
            opened(reply);
        } else if (message instanceof WitnessReply reply && state == State.OPEN) {
            tell(() -> listener.onWitness(reply));
        } else if (message instanceof ErrorReply error && state == State.OPENING) {
            end(Ending.NEVER_OPENED, NoAnswerException.declined(address, error));
        } else if (message instanceof Pong || message instanceof ErrorReply) {
            pongOwed = false;
        } else {
            throw ProtocolException.unexpected(message);
        }
    }

    @Override
    public Void goodbye(Goodbye notice) {
        tell(() -> listener.onGoodbye(notice.reason()));
        end(Ending.GOODBYE,
                new NoAnswerException(Kind.CLOSED, address, "said goodbye: " + notice.reason(), null));
        return null;
    }

    @Override
    public Void yielded(Yielded notice) {
        if (state != State.OPEN) {
            throw ProtocolException.unexpected(notice);
        }
        tell(() -> listener.onYielded(notice.tenure()));
        return null;
    }

    // Endings.

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        clock.cancel(false);
        broken(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        broken(cause);
    }

    private void broken(Throwable cause) {
        Ending ofOpen = Outbound.isOfTheNetwork(cause) ? Ending.LOST : Ending.CUT;
        end(state == State.OPEN ? ofOpen : Ending.NEVER_OPENED, NoAnswerException.closed(address, cause));
    }

    /** Ends it and says how, unless it has ended. */
    void end(Ending ending, NoAnswerException cause) {
        if (state == State.ENDED) {
            return;
        }
        finish(ending, cause);
        if (channel != null) {
            channel.close();
        }
    }

    /** Says goodbye and closes it, unless it has ended. */
    void closeNow(String reason) {
        leave(Ending.CLOSED_HERE, new NoAnswerException(Kind.CLOSED, address, "closed here: " + reason, null), reason);
    }

    /** Ends it of this node's own accord: the other end, which may hold it already, hears a goodbye. */
    private void leave(Ending ending, NoAnswerException cause, String reason) {
        if (state == State.ENDED) {
            return;
        }
        finish(ending, cause);
        if (channel != null && channel.isActive()) {
            // Not closed at once: a reset for a pong that comes then might overtake the goodbye.
            clock = loop.schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
            channel.writeAndFlush(Unpooled.wrappedBuffer(MessageCodec.encode(new Goodbye(reason))))
                    .addListener(sent -> channel.shutdownOutput());
        } else if (channel != null) {
            channel.close();
        }
    }

    private void finish(Ending ending, NoAnswerException cause) {
        state = State.ENDED;
        clock.cancel(false);
        lines.clear();
        lifelines.gone(this);
        try {
            listener.onClosed(ending, cause);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        LOG.warn("the listener of the lifeline to {} failed", address, e);
    }

    @Override
    public void ask(WitnessRequest question) {
        byte[] line = MessageCodec.encode(question);
        if (loop.inEventLoop()) {
            askNow(line);
        } else {
            onLoop(() -> askNow(line));
        }
    }

    private void askNow(byte[] line) {
        if (state == State.OPEN && channel.isWritable()) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(line));
        }
    }

    @Override
    public void close(String reason) {
        onLoop(() -> closeNow(reason));
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The port was closed, which has ended this lifeline with a goodbye already.
            LOG.debug("lifeline to {} went with its port: {}", address, e.getMessage());
        }
    }
}
