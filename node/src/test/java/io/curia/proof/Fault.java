package io.curia.proof;

/**
 * A fault that was injected, and what the driver saw around it.
 *
 * @param number the how manieth
 * @param kind what was done
 * @param detail to whom, and how exactly
 * @param epochBefore the epoch of the valid master just before
 * @param epochAfter the epoch of the valid master when all was well again
 * @param fromNanos when it was done
 * @param settledNanos when all was well again, or the driver gave up waiting
 * @param settled whether all was well again in time
 */
record Fault(int number, FaultKind kind, String detail, long epochBefore, long epochAfter, long fromNanos,
        long settledNanos, boolean settled) {
}
