package io.curia.proof;

/**
 * A time in which something did not run although nobody had stopped it: the host was too busy, or a disk too slow.
 * What happens to masters meanwhile is nobody's fault.
 *
 * @param what what did not run
 * @param fromNanos when it was last seen running
 * @param toNanos when it ran again
 */
record Stall(String what, long fromNanos, long toNanos) {

    long nanos() {
        return toNanos - fromNanos;
    }
}
