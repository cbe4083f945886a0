package io.curia.proof;

import io.curia.proof.Write.Outcome;
import io.curia.runtime.Mastership;
import io.curia.store.FencedWrite;
import io.curia.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes the register under every mastership it is given, several writes in flight, and goes on when the mastership is
 * over until it has been refused often enough: the fence alone has to keep such writes out.
 */
final class Hammer {

    private static final int IN_FLIGHT = 4;
    private static final int REFUSALS_ENOUGH = 8;
    private static final long PACE_NANOS = 15_000_000;

    /** Writes marks; completes exceptionally with {@link StoreException} if that fails. */
    interface Target {
        CompletableFuture<Void> write(Mastership mastership, String mark);
    }

    private final String node;
    private final int run;
    private final WriteLog log;
    private final Target target;
    private final AtomicLong numbers = new AtomicLong();

    Hammer(String node, int run, WriteLog log, Target target) {
        this.node = node;
        this.run = run;
        this.log = log;
        this.target = target;
    }

    /** The way things are to be written: fenced, the register and the trace in one transaction. */
    static Target fenced(RegisterPaths paths) {
        return (mastership, mark) -> mastership.fenced(List.of(
                FencedWrite.set(paths.register(), mark.getBytes(StandardCharsets.US_ASCII), FencedWrite.ANY_VERSION),
                FencedWrite.create(paths.trace(mark), new byte[0])));
    }

    /** Begins to write under this mastership; returns at once. */
    void begin(Mastership mastership) {
        Thread thread = new Thread(() -> write(mastership), "hammer-" + mastership.epoch());
        thread.setDaemon(true);
        thread.start();
    }

    private void write(Mastership mastership) {
        Semaphore free = new Semaphore(IN_FLIGHT);
        AtomicInteger refusals = new AtomicInteger();
        while (refusals.get() < REFUSALS_ENOUGH) {
            free.acquireUninterruptibly();
            long epoch = mastership.epoch().number();
            long number = numbers.incrementAndGet();
            log.tried(epoch, number, System.nanoTime());
            target.write(mastership, Write.mark(epoch, node, run, number)).whenComplete((done, failure) -> {
                Outcome outcome = outcome(failure);
                log.told(epoch, number, outcome, System.nanoTime());
                if (outcome == Outcome.FENCED) {
                    refusals.incrementAndGet();
                }
                free.release();
            });
            LockSupport.parkNanos(PACE_NANOS);
        }
    }

    private static Outcome outcome(Throwable failure) {
        if (failure == null) {
            return Outcome.DONE;
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof StoreException refused)) {
            throw new IllegalStateException("a fenced write failed in a way that is not documented", cause);
        }
        return switch (refused.kind()) {
            case FENCED -> Outcome.FENCED;
            case UNKNOWN_RESULT -> Outcome.UNKNOWN;
            case UNAVAILABLE, CONFLICT, NOT_FOUND, DENIED, CORRUPT -> Outcome.REFUSED;
        };
    }
}
