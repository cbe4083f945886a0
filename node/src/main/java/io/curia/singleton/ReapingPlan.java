package io.curia.singleton;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Who of all processes belongs to a command, and so has to end with it.
 *
 * @param doomed those that belong to it and may run
 * @param unclear whether somebody may belong to it and did not show just then; look again
 */
record ReapingPlan(Set<ProcessRow> doomed, boolean unclear) {

    /** What an environment says of where its process comes from. */
    enum Trace { CARRIED, NOT_CARRIED, UNREADABLE }

    /**
     * The command's first process, which began a session of its own.
     *
     * @param pid its number, which is the session's too
     * @param start when it started, in the kernel's ticks; zero: there is no such session, look at traces only
     */
    record Origin(long pid, long start) {
        static final Origin NONE = new Origin(0, 0);
    }

    boolean isDone() {
        return doomed.isEmpty() && !unclear;
    }

    /**
     * Returns who belongs to it: everybody in its session, whoever carries the trace in the environment, and all that
     * these have started. A daemon leaves the session and its parent, but keeps its environment; who clears the
     * environment keeps the session or the parent.
     */
    static ReapingPlan of(List<ProcessRow> all, Origin origin, long self, Function<ProcessRow, Trace> traceOf) {
        // The number may have been given to somebody else by now, who has begun a session with it.
        boolean sessionReused = all.stream().anyMatch(row -> row.pid() == origin.pid()
                && row.start() != origin.start());
        boolean unclear = false;
        Map<Long, ProcessRow> doomed = new HashMap<>();
        for (ProcessRow row : all) {
            if (row.pid() == self || row.isDead() || row.isOfTheKernel() || row.start() < origin.start()) {
                continue;
            }
            boolean inSession = origin.start() != 0 && row.session() == origin.pid() && !sessionReused;
            Trace trace = inSession ? Trace.CARRIED : traceOf.apply(row);
            if (trace == Trace.CARRIED) {
                doomed.put(row.pid(), row);
            }
            unclear |= trace == Trace.UNREADABLE;
        }
        boolean more = true;
        while (more) {
            more = false;
            for (ProcessRow row : all) {
                if (!row.isDead() && row.pid() != self && !doomed.containsKey(row.pid())
                        && doomed.containsKey(row.parent())) {
                    doomed.put(row.pid(), row);
                    more = true;
                }
            }
        }
        return new ReapingPlan(new LinkedHashSet<>(doomed.values()), unclear);
    }
}
