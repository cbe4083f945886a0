package io.curia.singleton;

import java.util.Optional;

/**
 * One process as its line in {@code /proc} shows it.
 *
 * @param pid its number
 * @param state running, sleeping, stopped…: the kernel's letter
 * @param parent its parent's number
 * @param session its session's number, which is that of the process that began the session
 * @param flags the kernel's flags
 * @param threads how many threads it has
 * @param start when it started, in the kernel's ticks since boot; with the number it names a process for good
 */
record ProcessRow(long pid, char state, long parent, long session, long flags, long threads, long start) {

    private static final long KERNEL_THREAD = 0x0020_0000;
    private static final long EXITING = 0x4;
    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int FLAGS = 6;
    private static final int THREADS = 17;
    private static final int START = 19;

    /** Returns what the text of {@code /proc/PID/stat} says; empty if it says nothing. */
    static Optional<ProcessRow> parse(String stat) {
        // The name in parentheses is the program's own choice and may hold anything, parentheses too.
        int named = stat.lastIndexOf(')');
        int open = stat.indexOf('(');
        if (named < 0 || open < 1) {
            return Optional.empty();
        }
        long[] numbers = new long[START + 1];
        int at = named + 2;
        for (int field = 0; field <= START; field++) {
            int end = stat.indexOf(' ', at);
            if (end < 0) {
                return Optional.empty();
            }
            if (isOfInterest(field)) {
                numbers[field] = Long.parseLong(stat, at, end, 10);
            }
            at = end + 1;
        }
        return Optional.of(new ProcessRow(Long.parseLong(stat, 0, open - 1, 10), stat.charAt(named + 2),
                numbers[PARENT], numbers[SESSION], numbers[FLAGS], numbers[THREADS], numbers[START]));
    }

    private static boolean isOfInterest(int field) {
        return field == PARENT || field == SESSION || field == FLAGS || field == THREADS
                || field == START;
    }

    /**
     * Returns whether it will never run again: only its parent has still to be told. A program whose first thread has
     * ended shows the same letter for as long as its other threads run.
     */
    boolean isDead() {
        return (state == 'Z' || state == 'X' || state == 'x') && threads <= 1;
    }

    /** Returns whether its first thread has begun to end, after which that runs nothing of its program any more. */
    boolean isEnding() {
        return (flags & EXITING) != 0;
    }

    boolean isOfTheKernel() {
        return (flags & KERNEL_THREAD) != 0;
    }
}
