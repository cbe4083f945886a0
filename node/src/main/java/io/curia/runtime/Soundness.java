package io.curia.runtime;

/** Since when this node has been a member in touch with ZooKeeper, without a break: before that it accuses nobody. */
final class Soundness {

    private volatile boolean sound;
    private volatile long sinceNanos = System.nanoTime();

    /** Takes note of what the node believes of itself now. */
    void see(NodeState now) {
        boolean soundNow = now.isMember() && now.connected();
        if (!soundNow || !sound) {
            sinceNanos = System.nanoTime();
        }
        sound = soundNow;
    }

    /** Returns since when; while it is not sound, the last moment in which that was seen. */
    long sinceNanos() {
        return sinceNanos;
    }
}
