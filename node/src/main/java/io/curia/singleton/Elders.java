package io.curia.singleton;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The numbers of the processes that were there before a run began, which therefore need not be read when it is looked
 * for who belongs to it: on a busy machine nearly all.
 *
 * <p>The kernel gives out numbers in rising order and begins anew at its highest. Until it has, a number of then is
 * that process's or nobody's. So this is asked often, and knows nothing any more once the kernel has begun anew, or
 * might have unseen. Used by one thread.
 */
final class Elders {

    /** Nobody is known. */
    static final Elders NONE = new Elders(Set.of(), Long.MAX_VALUE, 0);

    /** Nobody starts as many processes in this time as there are numbers. */
    private static final long LONGEST_UNASKED = TimeUnit.SECONDS.toNanos(1);
    private static final int LONGEST_LOAD = 256;

    private final Set<Long> numbers;
    private long latest;
    private long askedNanos;
    private boolean stand;

    Elders(Set<Long> numbers, long latest, long nowNanos) {
        this.numbers = numbers;
        this.latest = latest;
        this.askedNanos = nowNanos;
        this.stand = !numbers.isEmpty();
    }

    /** Returns everybody who is there now but {@code one}. */
    static Elders but(long one) {
        long before = latestNumber();
        Set<Long> numbers = new HashSet<>(ProcessTable.numbers());
        numbers.remove(one);
        return before < 0 ? NONE : new Elders(numbers, before, System.nanoTime());
    }

    /** Looks how far the kernel is; to be called at least every second. */
    void ask() {
        if (stand) {
            ask(latestNumber(), System.nanoTime());
        }
    }

    void ask(long number, long nowNanos) {
        stand &= number >= latest && nowNanos - askedNanos < LONGEST_UNASKED;
        latest = number;
        askedNanos = nowNanos;
    }

    /** Returns whether this number is still that of somebody who was there before, or nobody's. */
    boolean include(long number) {
        return stand && numbers.contains(number);
    }

    /** Returns the number that the kernel gave out last, to whomever; negative if it does not say. */
    private static long latestNumber() {
        try (InputStream load = new FileInputStream("/proc/loadavg")) {
            String text = new String(load.readNBytes(LONGEST_LOAD), StandardCharsets.US_ASCII).strip();
            return Long.parseLong(text.substring(text.lastIndexOf(' ') + 1));
        } catch (IOException e) {
            return -1;
        }
    }
}
