package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.wire.NoAnswerException.Kind;
import io.curia.wire.message.LifelineRequest;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens lifelines to other nodes on the thread of this node's own port, see {@link NodeServer#lifelines()}. Any thread
 * may use it.
 */
public final class Lifelines {

    /** How often something passes, so that no box between the two takes an idle link for a dead one and drops it. */
    static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Lifelines.class);

    private final EventLoop loop;
    private final HostResolver resolver;
    private final Duration keepAlive;
    // All on the loop's thread only.
    private final Set<HeldLifeline> held = new HashSet<>();
    private ScheduledFuture<?> nextRound;
    private boolean closed;

    Lifelines(EventLoop loop, HostResolver resolver, Duration keepAlive) {
        this.loop = loop;
        this.resolver = resolver;
        this.keepAlive = keepAlive;
    }

    /**
     * Returns a lifeline that is being opened; {@code listener} hears what becomes of it, never before this returns
     * unless this node's port is closed already.
     *
     * @param timeouts until it stands; after that it may be silent for ever
     * @throws io.curia.wire.message.ProtocolException TOO_LONG if the request does not fit a line
     */
    public Lifeline open(Endpoint address, LifelineRequest request, AskTimeouts timeouts,
            Lifeline.Listener listener) {
        HeldLifeline lifeline = new HeldLifeline(this, loop, address, request, timeouts, listener);
        try {
            loop.execute(() -> begin(lifeline));
        } catch (RejectedExecutionException e) {
            listener.onClosed(Lifeline.Ending.CLOSED_HERE,
                    new NoAnswerException(Kind.CLOSED, address, "not asked: this node's port is closed", e));
            return lifeline;
        }
        resolver.resolve(address.host()).whenComplete((host, failure) -> resolved(lifeline, host, failure));
        return lifeline;
    }

    private void begin(HeldLifeline lifeline) {
        held.add(lifeline);
        lifeline.startClock();
        if (closed) {
            lifeline.closeNow("the port is closed");
        }
        if (nextRound == null) {
            nextRound = loop.schedule(this::keepAlive, keepAlive.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void resolved(HeldLifeline lifeline, InetAddress host, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        try {
            loop.execute(() -> {
                if (cause == null) {
                    lifeline.connect(new InetSocketAddress(host, lifeline.address().port()));
                } else {
                    lifeline.end(Lifeline.Ending.NEVER_OPENED,
                            NoAnswerException.connecting(lifeline.address(), cause));
                }
            });
        } catch (RejectedExecutionException e) {
            // The port was closed while the name was looked up, and that has ended the lifeline already.
            LOG.debug("lifeline to {} went with its port: {}", lifeline.address(), e.getMessage());
        }
    }

    /** One timer for all of them, and none when there are none. */
    private void keepAlive() {
        nextRound = null;
        held.forEach(HeldLifeline::keepAlive);
        if (!held.isEmpty()) {
            nextRound = loop.schedule(this::keepAlive, keepAlive.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    void gone(HeldLifeline lifeline) {
        held.remove(lifeline);
    }

    /** Says goodbye on all of them and opens no other any more. On the loop's thread. */
    void closeAll(String reason) {
        closed = true;
        List.copyOf(held).forEach(lifeline -> lifeline.closeNow(reason));
    }
}
