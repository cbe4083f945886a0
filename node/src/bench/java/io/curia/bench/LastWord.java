package io.curia.bench;

import io.curia.model.Endpoint;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.StatusRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks a node that stands still, over and over once it goes on, when it says that it is a valid master. */
final class LastWord implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** For how long it is asked after its first answer; a bare leader needs some two hundred milliseconds. */
    private static final long ASKING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(750);

    private final BlockingNodeClient client;
    private final CompletableFuture<List<Long>> validNanos;

    private LastWord(BlockingNodeClient client) {
        this.client = client;
        this.validNanos = CompletableFuture.supplyAsync(this::ask);
    }

    /** Returns once the node has been asked; it cannot answer before it goes on. */
    static LastWord of(Endpoint node) {
        return new LastWord(BlockingNodeClient.connect(node, CONNECT));
    }

    private List<Long> ask() {
        List<Long> valid = new ArrayList<>();
        long until = Long.MAX_VALUE;
        while (System.nanoTime() < until) {
            StatusReply status = client.ask(new StatusRequest(), Lab.PATIENCE).as(StatusReply.class).orElseThrow();
            long now = System.nanoTime();
            if (status.valid()) {
                valid.add(now);
            }
            until = Math.min(until, now + ASKING_NANOS);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return valid;
    }

    /** Returns when it last said so; long ago if it never did. */
    long lastValidNanos() throws IOException {
        List<Long> valid = answers();
        return valid.isEmpty() ? Long.MIN_VALUE / 2 : valid.get(valid.size() - 1);
    }

    /** Returns when it first said so. */
    long firstValidNanos() throws IOException {
        return answers().stream().findFirst()
                .orElseThrow(() -> new IOException("a master that stood still for a moment was not valid afterwards"));
    }

    private List<Long> answers() throws IOException {
        try {
            return validNanos.join();
        } catch (CompletionException e) {
            throw new IOException("a resumed node did not answer", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
