package io.curia.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: its requests, answered one after the other, each within a deadline. What comes before an answer is sent
 * stays unread. On the port's thread only.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter implements EventStream.Reader {

    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
    private static final int MAX_THROWN_AWAY = 1 << 20;

    private enum State { WAITING, ASKING, ANSWERING, SENDING, STREAMING, PARTING }

    private final SocketChannel channel;
    private final HttpLimits limits;
    private final HostRule hosts;
    private final Routes routes;
    private final Visitors visitors;
    private final Deadline deadline;
    private State state = State.WAITING;
    private Optional<Asked> asked = Optional.empty();
    private Optional<EventStream> stream = Optional.empty();
    /** Of the request at hand: what is answered late is an answer to nobody. */
    private int number;
    private int thrownAway;
    private boolean clientEnded;

    HttpConnection(SocketChannel channel, HttpLimits limits, HostRule hosts, Routes routes, Visitors visitors) {
        this.channel = channel;
        this.limits = limits;
        this.hosts = hosts;
        this.routes = routes;
        this.visitors = visitors;
        this.deadline = new Deadline(channel.eventLoop());
    }

    // Coming and going.

    /** Returns what stands before the decoder and sees when something comes, and how much. */
    ChannelInboundHandlerAdapter doorbell() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                if (state == State.STREAMING || state == State.PARTING) {
                    ignore(((ByteBuf) message).readableBytes());
                    ReferenceCountUtil.release(message);
                    return;
                }
                begun();
                context.fireChannelRead(message);
            }
        };
    }

    private void begun() {
        if (state == State.WAITING) {
            state = State.ASKING;
            deadline.in(limits.request(), this::tooSlow);
        }
    }

    private void ignore(int bytes) {
        thrownAway += bytes;
        if (thrownAway > MAX_THROWN_AWAY) {
            abort();
        }
    }

    private void tooSlow() {
        refuse(Answer.error(408, "TIMEOUT", "the request did not come in time"));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (visitors.admit(this)) {
            deadline.in(limits.request(), this::abort);
            context.read();
        } else {
            channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.clear();
        visitors.gone(this);
        stream.ifPresent(EventStream::gone);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            clientEnded = true;
            if (state != State.ANSWERING && state != State.SENDING) {
                channel.close();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("{} ends: {}", channel.remoteAddress(), cause.toString());
        abort();
    }

    /** Closes the connection, whatever is under way. */
    void abort() {
        visitors.gone(this);
        channel.close();
    }

    // A request.

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            begun();
            if (state != State.ASKING) {
                return;
            }
            if (((HttpObject) message).decoderResult().isFailure()) {
                refuse(Asked.undecoded(((HttpObject) message).decoderResult().cause()));
            } else if (message instanceof HttpRequest request) {
                asked = Optional.of(Asked.of(request, hosts));
                asked.flatMap(Asked::refusal).ifPresentOrElse(this::refuse, context::read);
            } else if (message instanceof LastHttpContent && asked.isPresent()) {
                answer(asked.get());
            } else {
                context.read();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** Nothing more comes unless it is asked for, even if what came was less than a request. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (state == State.WAITING || state == State.ASKING) {
            context.read();
        }
    }

    private void answer(Asked request) {
        state = State.ANSWERING;
        visitors.isServed(this);
        int now = ++number;
        deadline.in(limits.answer(), () -> answered(now, Answer.error(503, "TIMEOUT", "the answer took too long")));
        Optional<Resource> resource = routes.at(request.question().path());
        boolean isQuestion = !request.method().equals(HttpMethod.OPTIONS)
                || resource.filter(RoleChecks.Check.class::isInstance).isPresent();
        if (!isQuestion) {
            answered(now, Answer.empty(204).with("Allow", Asked.ALLOWED));
        } else if (resource.isEmpty()) {
            answered(now, Answer.error(404, "NOT_FOUND", "there is nothing here; see /"));
        } else if (resource.get() instanceof EventsResource events && request.method().equals(HttpMethod.GET)) {
            events.open(request.question(), this).ifPresentOrElse(refusal -> answered(now, refusal),
                    () -> streaming(request));
        } else {
            ask(resource.get(), request.question(), now);
        }
    }

    private void ask(Resource resource, Question question, int now) {
        CompletionStage<Answer> answer;
        try {
            answer = resource.answer(question);
        } catch (RuntimeException e) {
            failed(question, now, e);
            return;
        }
        answer.whenComplete((given, failure) -> {
            if (failure != null) {
                onLoop(() -> failed(question, now, failure));
            } else {
                onLoop(() -> answered(now, given));
            }
        });
    }

    private void onLoop(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else if (!channel.eventLoop().isShuttingDown()) {
            channel.eventLoop().execute(task);
        }
    }

    private void failed(Question question, int now, Throwable failure) {
        LOG.warn("{} could not be answered", question.path(), failure);
        answered(now, Answer.error(500, "FAULT", "this could not be answered; the node's log says why"));
    }

    // An answer.

    private void answered(int request, Answer answer) {
        if (state == State.ANSWERING && request == number) {
            send(answer, asked.map(Asked::keepAlive).orElse(false) && !clientEnded);
        }
    }

    private void refuse(Answer answer) {
        send(answer, false);
    }

    private void send(Answer answer, boolean keepAlive) {
        state = State.SENDING;
        // Whoever takes long to read it is in nobody's way either.
        visitors.waits(this);
        deadline.in(limits.write(), this::abort);
        channel.writeAndFlush(Responses.whole(answer, asked, keepAlive)).addListener((ChannelFutureListener) sent -> {
            if (!sent.isSuccess()) {
                abort();
            } else if (keepAlive) {
                waitForNext();
            } else {
                part();
            }
        });
    }

    private void waitForNext() {
        state = State.WAITING;
        asked = Optional.empty();
        visitors.waits(this);
        deadline.in(limits.idle(), this::abort);
        channel.pipeline().lastContext().read();
    }

    /** Lets the client read the last thing that it was told: closing on unread input might overtake it. */
    private void part() {
        if (clientEnded || !channel.isActive()) {
            channel.close();
            return;
        }
        state = State.PARTING;
        deadline.in(limits.linger(), channel::close);
        channel.shutdownOutput();
        channel.config().setAutoRead(true);
    }

    // A stream.

    private void streaming(Asked request) {
        state = State.STREAMING;
        deadline.clear();
        channel.config().setAutoRead(true);
        channel.writeAndFlush(Responses.stream(request.version()));
    }

    @Override
    public void follows(EventStream opened) {
        stream = Optional.of(opened);
    }

    @Override
    public boolean isReady() {
        return channel.isWritable();
    }

    @Override
    public void tell(String text) {
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
    }

    @Override
    public void drop() {
        abort();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        stream.filter(open -> channel.isWritable()).ifPresent(EventStream::pump);
    }
}
