package io.curia.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A busy thread that asks a program about ten times a millisecond whether it says to be master, and keeps the
 * intervals in which it did.
 *
 * <p>An answer counts at the time read just <em>before</em> asking: a process that is frozen between asking and noting
 * the time would otherwise seem to have said so after it went on. Where two answers lie far apart the process did not
 * run, and said nothing.
 */
final class ClaimSampler {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(40);
    private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final BooleanSupplier claim;
    private final List<long[]> intervals = new ArrayList<>();
    private long[] open;
    private long samples;
    private long firstNanos;
    private long lastNanos;

    ClaimSampler(BooleanSupplier claim) {
        this.claim = claim;
    }

    void start() {
        Thread sampling = new Thread(this::run, "claim-sampler");
        sampling.setDaemon(true);
        sampling.start();
    }

    private void run() {
        while (true) {
            long now = System.nanoTime();
            note(now, claim.getAsBoolean());
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private synchronized void note(long now, boolean claimed) {
        boolean gap = samples > 0 && now - lastNanos > GAP_NANOS;
        if (gap || !claimed) {
            open = null;
        }
        if (claimed) {
            if (open == null) {
                open = new long[] {now, now};
                intervals.add(open);
                System.out.println("claims at=" + now);
            }
            open[1] = now;
        }
        firstNanos = samples == 0 ? now : firstNanos;
        lastNanos = now;
        samples++;
    }

    /** Prints the intervals since the last report; one that still goes on is reported again next time. */
    synchronized void report(PrintStream out) {
        intervals.forEach(interval -> out.println("claimed from=" + interval[0] + " to=" + interval[1]));
        intervals.removeIf(interval -> interval != open);
        out.println("reported grain=" + (samples < 2 ? 0 : (lastNanos - firstNanos) / (samples - 1)));
    }
}
