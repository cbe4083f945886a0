package io.curia.zookeeper;

import io.curia.store.Outcome;
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.zookeeper.ZooKeeper;

/** Blocking calls over asynchronous ones, each with a deadline. Never to be made on ZooKeeper's event thread. */
final class Calls {

    private final Link link;
    private final Duration timeout;

    Calls(Link link, Duration timeout) {
        this.link = link;
        this.timeout = timeout;
    }

    /** Returns what {@code read} found; while the connection is lost under it, it is read again until the deadline. */
    <T> T read(Function<ZooKeeper, CompletableFuture<T>> read) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        while (true) {
            ZooKeeper zk = link.await(left(deadlineNanos));
            // From here on the answers have a time of their own: connecting may have taken almost all of it.
            try {
                return answer(read.apply(zk), Kind.UNAVAILABLE);
            } catch (StoreException e) {
                // Who is interrupted would ask without waiting, again and again, until nobody gets an answer.
                if (e.kind() != Kind.UNAVAILABLE || Thread.currentThread().isInterrupted()
                        || System.nanoTime() - deadlineNanos >= 0) {
                    throw e;
                }
            }
        }
    }

    /** Sends {@code transaction} once; throws unless it was committed. */
    void write(Transaction transaction) {
        ZooKeeper zk = link.await(timeout);
        Outcome outcome = answer(transaction.commit(Optional.of(zk)), Kind.UNKNOWN_RESULT);
        switch (outcome.kind()) {
            case DONE -> { }
            case CONFLICT -> throw new StoreException(Kind.CONFLICT, outcome.detail());
            case FENCED -> throw new StoreException(Kind.FENCED, outcome.detail());
            case DENIED -> throw new StoreException(Kind.DENIED, outcome.detail());
            case UNKNOWN -> throw new StoreException(Kind.UNKNOWN_RESULT, outcome.detail());
        }
    }

    private <T> T answer(CompletableFuture<T> pending, Kind ifLate) {
        try {
            return pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StoreException(ifLate, "ZooKeeper did not answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException known) {
                throw known;
            }
            throw new IllegalStateException("a read failed for a reason that is not ZooKeeper's", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(ifLate, "interrupted while waiting for ZooKeeper's answer", e);
        }
    }

    private static Duration left(long deadlineNanos) {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }
}
