package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import io.curia.wire.message.ErrorCode;
import io.curia.wire.message.ErrorReply;
import io.curia.wire.message.Goodbye;
import io.curia.wire.message.LifelineReply;
import io.curia.wire.message.LifelineRequest;
import io.curia.wire.message.Peer;
import io.curia.wire.message.Ping;
import io.curia.wire.message.Pong;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A node that holds lifelines and says who it is. */
final class LifelineNode implements RequestHandler, AutoCloseable {

    static final String CLUSTER = "demo";
    static final String UUID = "6f1d4c2e-8b7a-4f0e-9c3d-5a2b1e0f7d6c";
    static final Incarnation FIRST = Incarnation.of(0, 1);
    static final Incarnation SECOND = Incarnation.of(0, 2);
    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);
    private static final long DEADLINE_SECONDS = 20;

    private final NodeId id;
    private final Incarnation incarnation;
    private final BlockingQueue<Optional<Goodbye>> ended = new LinkedBlockingQueue<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicInteger kept = new AtomicInteger();
    private final NodeServer server;

    LifelineNode(String id, Incarnation incarnation, Endpoint bind, ServerLimits limits) {
        this.id = NodeId.of(id);
        this.incarnation = incarnation;
        server = NodeServer.start("test-" + id, bind, limits, this);
    }

    static LifelineNode start(String id) {
        return new LifelineNode(id, FIRST, ANY_PORT, ServerLimits.DEFAULT);
    }

    static LifelineNode start(String id, ServerLimits limits) {
        return new LifelineNode(id, FIRST, ANY_PORT, limits);
    }

    NodeServer server() {
        return server;
    }

    Endpoint address() {
        return server.address();
    }

    /** Returns the request that this node opens its lifelines with. */
    LifelineRequest request() {
        return new LifelineRequest(CLUSTER, UUID, new Peer(id, address()), incarnation, new Epoch(7), true);
    }

    /** Returns with what last words the next lifeline to this node ended. */
    Optional<Goodbye> nextEnded() throws InterruptedException {
        Optional<Goodbye> next = ended.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no lifeline to " + id + " ended");
        }
        return next;
    }

    int pings() {
        return pings.get();
    }

    int kept() {
        return kept.get();
    }

    @Override
    public CompletionStage<? extends Reply> handle(Request request, Connection connection) {
        if (request instanceof Ping) {
            pings.incrementAndGet();
            return CompletableFuture.completedStage(
                    new Pong(id, incarnation, CLUSTER, Optional.of(UUID)));
        }
        LifelineRequest asked = (LifelineRequest) request;
        if (!asked.uuid().equals(UUID)) {
            return CompletableFuture.completedStage(
                    new ErrorReply(ErrorCode.INVALID, "uuid: " + asked.uuid() + " (expected: " + UUID + ")"));
        }
        connection.keep();
        kept.incrementAndGet();
        connection.onClose(() -> {
            kept.decrementAndGet();
            ended.add(connection.goodbye());
        });
        return CompletableFuture.completedStage(
                new LifelineReply(CLUSTER, UUID, new Peer(id, address()), incarnation, new Epoch(8),
                        Optional.empty(), true));
    }

    @Override
    public void close() {
        server.close();
    }
}
