package io.curia.bench;

import io.curia.model.Endpoint;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.StatusRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Asks the master of an epoch about once a millisecond whether it is valid under it, until it is not any more. */
final class OldReign implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(750);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final BlockingNodeClient client;
    private final long epoch;
    private final CompletableFuture<Long> overNanos;
    private volatile long validNanos = System.nanoTime();
    private volatile boolean closed;

    private OldReign(BlockingNodeClient client, long epoch) {
        this.client = client;
        this.epoch = epoch;
        this.overNanos = CompletableFuture.supplyAsync(this::ask);
    }

    /** Begins to ask. */
    static OldReign watch(Endpoint master, long epoch) {
        return new OldReign(BlockingNodeClient.connect(master, ANSWER), epoch);
    }

    private Long ask() {
        while (true) {
            long asked = System.nanoTime();
            StatusReply status = client.ask(new StatusRequest(), ANSWER).as(StatusReply.class).orElseThrow();
            if (closed || !status.valid() || status.epoch().number() != epoch) {
                return System.nanoTime();
            }
            validNanos = asked;
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Returns when it was last asked before it said that it was valid. */
    long validNanos() {
        return validNanos;
    }

    /** Returns when the first answer had arrived that says otherwise. */
    long awaitOver(Duration atMost) throws IOException, InterruptedException {
        try {
            return overNanos.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the master of epoch " + epoch + " is still valid after " + atMost, e);
        } catch (ExecutionException e) {
            throw new IOException("the old master stopped answering: " + e.getCause().getMessage(), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        overNanos.handle((over, failure) -> over).join();
        client.close();
    }
}
