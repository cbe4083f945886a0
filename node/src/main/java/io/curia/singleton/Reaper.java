package io.curia.singleton;

import io.curia.singleton.Lease.Order;
import io.curia.singleton.ReapingPlan.Origin;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends all that one run has started, look after look, until nothing of it is found any more. A successor may wait for
 * that, so what has been killed is looked at by its number, again and again, and all of the machine's processes only
 * when those are gone. Used by one thread.
 */
final class Reaper {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SHORT_PAUSE = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    /** Killed, it is gone within milliseconds; what then is there still waits for a disk or the like. */
    private static final int MOST_HURRIED = 250;
    /** How often to look again only because somebody's environment could not be read. */
    private static final int MOST_UNCLEAR = 5;
    /** Somebody who was born while the others were counted must not live for as long as one of them cannot die. */
    private static final int LOOKS_PER_SEARCH = 20;

    private final ProcessTable table;
    private final Origin origin;
    private Set<ProcessRow> killed = Set.of();
    private long pause = FIRST_PAUSE;
    private long lookAt;
    private int looks;
    private int unclear;

    Reaper(ProcessTable table, Origin origin) {
        this.table = table;
        this.origin = origin;
        this.lookAt = System.nanoTime();
    }

    /** Ends all that {@code origin} has started, and returns when nothing of it is found any more. */
    static void end(ProcessTable table, Origin origin) {
        Reaper reaper = new Reaper(table, origin);
        while (!reaper.reap(Order.KILL, true)) {
            LockSupport.parkNanos(reaper.lookAt() - System.nanoTime());
        }
    }

    /** Returns when to look next, if nothing happens before. */
    long lookAt() {
        return lookAt;
    }

    /** Looks, has those end who are found, and returns whether there was nobody any more. */
    boolean reap(Order order, boolean first) {
        boolean kill = order == Order.KILL;
        looks += kill ? 1 : 0;
        if (kill && looks % LOOKS_PER_SEARCH != 0 && killed.stream().anyMatch(ProcessTable::isThere)) {
            rest(true);
            return false;
        }
        ReapingPlan left = table.plan(origin);
        if (kill || first) {
            ProcessTable.signal(left.doomed(), kill);
        }
        killed = kill ? left.doomed() : Set.of();
        unclear += left.unclear() ? 1 : 0;
        rest(kill);
        return left.doomed().isEmpty() && (!left.unclear() || unclear > MOST_UNCLEAR);
    }

    private void rest(boolean kill) {
        boolean hurry = kill && looks < MOST_HURRIED;
        lookAt = System.nanoTime() + (hurry ? SHORT_PAUSE : pause);
        pause = hurry ? pause : Math.min(LONGEST_PAUSE, 2 * pause);
    }
}
