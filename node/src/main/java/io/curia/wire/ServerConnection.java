package io.curia.wire;

import io.curia.wire.message.ErrorCode;
import io.curia.wire.message.ErrorReply;
import io.curia.wire.message.LifelineRequest;
import io.curia.wire.message.Message;
import io.curia.wire.message.Notice;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.ProtocolException;
import io.curia.wire.message.Request;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client, from accept to close, on the port's thread.
 *
 * <pre>
 * OPEN       lines are read and answered in order
 * ENDING     no line is read any more (bad line, deadline, goodbye, end of input); answers still owed are sent
 * LINGERING  the last word is said and the sending side shut; input is thrown away until the client has closed too
 * CLOSED
 * </pre>
 */
final class ServerConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

    private enum State { OPEN, ENDING, LINGERING, CLOSED }

    private final SocketChannel channel;
    private final Port port;
    private final HandlerConnection handle;
    private final LineBuffer lines;
    private final ReplyQueue replies = new ReplyQueue();
    private final Outbox outbox;
    private final Patience patience;
    private final Alarm alarm;
    private State state = State.OPEN;
    private boolean taking;
    private boolean listening = true;
    private boolean inputEnded;
    private boolean lifelineAsked;
    private LastWord lastWord;

    ServerConnection(SocketChannel channel, Port port) {
        this.channel = channel;
        this.port = port;
        handle = new HandlerConnection(this, channel);
        lines = new LineBuffer(port.budget().share());
        outbox = new Outbox(channel, port.budget().share());
        patience = new Patience(port.limits(), System.nanoTime());
        alarm = new Alarm(channel.eventLoop(), this::onAlarm);
    }

    // What happens to the channel.

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (port.connections().admit(this)) {
            settle();
        } else if (port.connections().mayBeTold(this)) {
            end(new ProtocolException(ErrorCode.BUSY, "too many connections, try again or try another member"));
        } else {
            channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (state == State.OPEN) {
                append(bytes);
            } else if (state == State.LINGERING) {
                lastWord.ignore(bytes.readableBytes());
            }
        } catch (ProtocolException e) {
            end(e);
        } finally {
            bytes.release();
        }
    }

    private void append(ByteBuf bytes) {
        if (lines.isEmpty()) {
            patience.lineBegins(System.nanoTime());
        }
        lines.append(bytes.readableBytes(), bytes::readBytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        takeLines();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE) {
            return;
        }
        inputEnded = true;
        if (state == State.LINGERING) {
            channel.close();
            return;
        }
        lines.finish();
        takeLines();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!channel.isWritable()) {
            patience.unwritable(System.nanoTime());
        }
        takeLines();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        state = State.CLOSED;
        alarm.cancel();
        lines.clear();
        replies.clear();
        port.connections().gone(this);
        handle.closed();
        port.lifelines().gone(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("connection of {} broke", handle.remote(), cause);
        } else {
            LOG.warn("connection of {} failed", handle.remote(), cause);
        }
        channel.close();
    }

    // Requests in, answers out.

    private void takeLines() {
        if (taking) {
            return;
        }
        taking = true;
        try {
            while (mayTake()) {
                byte[] line = lines.next();
                if (line == null) {
                    state = inputEnded ? State.ENDING : state;
                    break;
                }
                take(line);
                // At once: answers that are ready must not count as owed, or lines that wait would be forgotten.
                replies.drain(outbox::write);
            }
        } catch (ProtocolException e) {
            end(e);
        } finally {
            taking = false;
        }
        settle();
    }

    private boolean mayTake() {
        return state == State.OPEN && replies.size() < port.limits().maxUnanswered() && channel.isWritable();
    }

    private void take(byte[] line) {
        Message message = MessageCodec.decodeFromClient(line);
        if (message instanceof Notice notice) {
            notice.accept(handle);
            lines.clear();
            state = State.ENDING;
        } else {
            take((Request) message);
        }
    }

    private void take(Request request) {
        lifelineAsked |= request instanceof LifelineRequest;
        long now = System.nanoTime();
        patience.asked(now);
        patience.lineBegins(now);
        ReplyQueue.Owed owed = replies.owe(now + port.limits().answer().toNanos());
        Answering.ask(port.handler(), request, handle, answer -> handle.onLoop(() -> {
            if (owed.fill(answer)) {
                patience.answered(System.nanoTime());
                takeLines();
            }
        }));
    }

    /** Sends what is ready, then waits for whatever is to come next. */
    private void settle() {
        replies.drain(outbox::write);
        channel.flush();
        if (state == State.ENDING && replies.isEmpty()) {
            state = State.LINGERING;
            lastWord = LastWord.of(channel, inputEnded, System.nanoTime() + port.limits().linger().toNanos());
        }
        boolean listens = mayTake();
        if (listens && !listening) {
            patience.lineBegins(System.nanoTime());
        }
        listening = listens;
        if (listens || state == State.LINGERING) {
            channel.read();
        }
        setAlarm();
    }

    // Endings.

    /** Answers what is owed, says what is wrong, and hears nothing more. */
    private void end(ProtocolException wrong) {
        if (state != State.OPEN) {
            return;
        }
        LOG.debug("connection of {} is ended: {} {}", handle.remote(), wrong.code(), wrong.getMessage());
        state = State.ENDING;
        lines.clear();
        long due = System.nanoTime() + port.limits().answer().toNanos();
        replies.owe(due).fill(Answering.refuse(port.handler(), wrong));
        if (!taking) {
            settle();
        }
    }

    private void onAlarm() {
        long now = System.nanoTime();
        if (state == State.LINGERING || patience.forReading(channel.isWritable(), now) <= 0) {
            channel.close();
        } else if (replies.waitForOldest(now) <= 0) {
            replies.oldest().fill(MessageCodec.encode(new ErrorReply(ErrorCode.TIMEOUT, "no answer in time")));
            takeLines();
        } else if (waitForLine(now) <= 0) {
            end(new ProtocolException(ErrorCode.TIMEOUT, "no complete line in time"));
        } else {
            setAlarm();
        }
    }

    private void setAlarm() {
        long now = System.nanoTime();
        long wait = switch (state) {
            case OPEN, ENDING -> Math.min(waitForLine(now),
                    Math.min(patience.forReading(channel.isWritable(), now), replies.waitForOldest(now)));
            case LINGERING -> lastWord.remaining(now);
            case CLOSED -> Patience.FOREVER;
        };
        if (wait == Patience.FOREVER) {
            alarm.clear();
        } else {
            alarm.setTo(now + wait);
        }
    }

    private long waitForLine(long now) {
        return listening ? patience.forLine(!lines.isEmpty(), !replies.isEmpty(), now) : Patience.FOREVER;
    }

    // What the handler may do; it goes through HandlerConnection, which comes here on the port's thread.

    void keep() {
        patience.keep();
        if (lifelineAsked) {
            port.lifelines().add(this);
        }
        setAlarm();
    }

    void send(byte[] line) {
        if (state == State.OPEN) {
            outbox.push(line);
        }
    }

    void close() {
        if (state == State.OPEN || state == State.ENDING) {
            state = State.ENDING;
            lines.clear();
            replies.clear();
            settle();
        }
    }

    /** Closes it now, whatever is under way. */
    void abort() {
        channel.close();
    }
}
