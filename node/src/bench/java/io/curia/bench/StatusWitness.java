package io.curia.bench;

import io.curia.model.Endpoint;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.StatusRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks nodes for their status, each on a connection that is kept, at least once a millisecond, until one of them says
 * that it is the valid master of a later epoch.
 */
final class StatusWitness implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(750);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final long afterEpoch;
    private final CompletableFuture<Long> seenNanos = new CompletableFuture<>();

    private StatusWitness(long afterEpoch) {
        this.afterEpoch = afterEpoch;
    }

    /** Returns one that asks nobody. */
    static StatusWitness idle() {
        return new StatusWitness(0);
    }

    /** Begins to ask. */
    static StatusWitness watch(List<Endpoint> nodes, long afterEpoch) {
        StatusWitness witness = new StatusWitness(afterEpoch);
        for (Endpoint node : nodes) {
            Thread asking = new Thread(() -> witness.askOn(node), "witness-of-" + node);
            asking.setDaemon(true);
            asking.start();
        }
        return witness;
    }

    private void askOn(Endpoint node) {
        try (BlockingNodeClient client = BlockingNodeClient.connect(node, ANSWER)) {
            while (!seenNanos.isDone()) {
                StatusReply status = client.ask(new StatusRequest(), ANSWER).as(StatusReply.class).orElseThrow();
                if (status.valid() && status.epoch().number() > afterEpoch) {
                    seenNanos.complete(System.nanoTime());
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (NoAnswerException e) {
            seenNanos.completeExceptionally(e);
        }
    }

    /** Returns when the first answer that says so had arrived. */
    long await(Duration atMost) throws IOException, InterruptedException {
        try {
            return seenNanos.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no valid master after epoch " + afterEpoch + " within " + atMost, e);
        } catch (ExecutionException e) {
            throw new IOException("a surviving node stopped answering: " + e.getCause().getMessage(), e);
        }
    }

    @Override
    public void close() {
        seenNanos.cancel(false);
    }
}
