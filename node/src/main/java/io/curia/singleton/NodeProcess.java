package io.curia.singleton;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The process that has started this one, as the kernel shows it. */
final class NodeProcess {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final int MOST_LOOKS = 100;

    private final long pid = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);

    /**
     * Looks for a few milliseconds whether it ends, and returns whether it does. If the kernel has said that one of
     * its threads has ended, then all of them are about to, or it was not the kernel.
     */
    boolean ends() {
        for (int look = 0; look < MOST_LOOKS; look++) {
            if (ProcessTable.find(pid).filter(row -> !row.isEnding() && !row.isDead()).isEmpty()) {
                return true;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return false;
    }
}
