package io.curia.wire;

import io.curia.model.Endpoint;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * Looks at addresses on the thread of this node's own port, see {@link NodeServer#probe()}. A look is one connection
 * and one ping; it decides nothing. Any thread may use it; called on the port's thread, as by a
 * {@link Lifeline.Listener}, with an address that needs no looking up, the attempt to connect is on its way when it
 * returns.
 */
public final class Probe {

    private final EventLoop loop;
    private final HostResolver resolver;

    Probe(EventLoop loop, HostResolver resolver) {
        this.loop = loop;
        this.resolver = resolver;
    }

    /** Returns what is seen at {@code address}, like the other; a host without an address is unreachable. */
    public CompletionStage<ProbeResult> look(Endpoint address, ProbeTimeouts timeouts) {
        return resolver.resolve(address.host())
                .handle((host, failure) -> failure == null ? new InetSocketAddress(host, address.port())
                        : InetSocketAddress.createUnresolved(address.host(), address.port()))
                .thenCompose(resolved -> look(resolved, timeouts));
    }

    /**
     * Returns what is seen at {@code address}, within the timeouts. It completes on the port's thread, never with a
     * failure: what is chained to it must not block. An address that was not resolved is unreachable, and one that is
     * looked at after the port was closed is silent.
     */
    public CompletionStage<ProbeResult> look(InetSocketAddress address, ProbeTimeouts timeouts) {
        return look(address, null, timeouts);
    }

    /** Looks from a local address of the caller's choice, or of the system's if it is null. */
    CompletionStage<ProbeResult> look(InetSocketAddress address, SocketAddress from, ProbeTimeouts timeouts) {
        Look look = new Look(loop, timeouts);
        if (loop.inEventLoop()) {
            look.start(address, from);
            return look.result();
        }
        try {
            loop.execute(() -> look.start(address, from));
        } catch (RejectedExecutionException e) {
            look.stopped(e);
        }
        return look.result();
    }
}
