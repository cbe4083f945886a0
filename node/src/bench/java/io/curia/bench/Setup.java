package io.curia.bench;

import java.util.List;
import java.util.Locale;

/**
 * The processes that a fault is tried on.
 *
 * @param candidates how many to a cluster
 * @param heapMib the heap of each, resident from its start; 0 for the heap that the launcher gives
 * @param pages in which it lies
 */
record Setup(int candidates, int heapMib, Pages pages) {

    /** What a JVM needs beside its heap, roughly; the launcher's own heap included. */
    private static final int BESIDE_MIB = 120;
    private static final int SMALL_MIB = 64;

    /** Which pages the kernel is asked for; freeing many small ones is what a large process takes time to die of. */
    enum Pages {
        SMALL, HUGE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns options for the JVMs, which win over the launcher's. */
    List<String> jvmOptions() {
        if (heapMib == 0) {
            return List.of();
        }
        String heap = heapMib + "m";
        return List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch",
                pages == Pages.HUGE ? "-XX:+UseTransparentHugePages" : "-XX:-UseTransparentHugePages");
    }

    /** Returns about how much memory a cluster takes. */
    int clusterMib() {
        return candidates * (heapMib + BESIDE_MIB);
    }

    /** Returns whether the goals are meant for it. */
    boolean isSmall() {
        return heapMib <= SMALL_MIB;
    }

    @Override
    public String toString() {
        String heap = heapMib == 0 ? "" : String.format(Locale.ROOT, ", %d MiB, %s pages", heapMib, pages);
        return candidates + heap;
    }
}
