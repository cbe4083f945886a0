package io.curia.bench;

import io.curia.wire.BlockingNodeClient;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.StatusRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Asks every node for its status, each on a connection that is kept: until when the master of an epoch said that it was
 * valid, and from when on the next one did. The two that are expected to change are asked about once a millisecond, the
 * others now and then, so that the asking does not become what is measured.
 *
 * <p>The old one's word counts from just before it was asked, the new one's from when the answer had arrived, so what
 * lies between is never told too short, and too long by up to the time between two questions.
 */
final class ReignWitness implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(750);
    private static final long LONG_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final long epoch;
    private final AtomicLong lastNanos = new AtomicLong(Long.MIN_VALUE);
    private final CompletableFuture<Change> change = new CompletableFuture<>();
    private volatile boolean closed;

    /**
     * A change of master.
     *
     * @param id the new one
     * @param atNanos when its word had arrived
     */
    record Change(String id, long atNanos) {
    }

    private ReignWitness(long epoch) {
        this.epoch = epoch;
    }

    /** Begins to ask all of these often, none of which is master of {@code epoch}, the one that is going to end. */
    static ReignWitness watchOnly(List<Nodes.Node> nodes, long epoch) {
        return watch(nodes, nodes.stream().map(Nodes.Node::id).collect(Collectors.toSet()), epoch);
    }

    /** Begins to ask; {@code epoch} is the one that is going to end, {@code expected} are the ids asked often. */
    static ReignWitness watch(List<Nodes.Node> nodes, Set<String> expected, long epoch) {
        ReignWitness witness = new ReignWitness(epoch);
        for (Nodes.Node node : nodes) {
            long pause = expected.contains(node.id()) ? PAUSE_NANOS : LONG_PAUSE_NANOS;
            Thread asking = new Thread(() -> witness.askOn(node, pause), "witness-of-" + node.id());
            asking.setDaemon(true);
            asking.start();
        }
        return witness;
    }

    private void askOn(Nodes.Node node, long pauseNanos) {
        try (BlockingNodeClient client = BlockingNodeClient.connect(node.address(), ANSWER)) {
            while (!closed && !change.isDone()) {
                long asked = System.nanoTime();
                StatusReply status = client.ask(new StatusRequest(), ANSWER).as(StatusReply.class).orElseThrow();
                if (status.valid() && status.epoch().number() == epoch) {
                    lastNanos.accumulateAndGet(asked, Math::max);
                } else if (status.valid() && status.epoch().number() > epoch) {
                    change.complete(new Change(node.id(), System.nanoTime()));
                }
                LockSupport.parkNanos(pauseNanos);
            }
        } catch (NoAnswerException e) {
            change.completeExceptionally(e);
        }
    }

    /** Returns the change, once it has come. */
    Change await(Duration atMost) throws IOException, InterruptedException {
        try {
            return change.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no valid master after epoch " + epoch + " within " + atMost, e);
        } catch (ExecutionException e) {
            throw new IOException("a node stopped answering: " + e.getCause().getMessage(), e);
        }
    }

    /** Returns for how long nobody was valid before this change. */
    double outageMillis(Change seen) {
        return Figures.millis(Math.max(0, seen.atNanos() - lastNanos.get()));
    }

    @Override
    public void close() {
        closed = true;
    }
}
