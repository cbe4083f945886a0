package io.curia.wire;

/**
 * How many bytes all connections of a port may hold together, for unfinished lines and for answers that nobody has
 * read yet. So the memory that strangers can take does not grow with their number. One thread only.
 */
final class MemoryBudget {

    /** What every holder has without asking: more than an honest request or a short answer needs. */
    static final int FREE_BYTES = 1_024;

    private final long limit;
    private long used;

    MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** Returns a share that holds nothing yet. */
    Share share() {
        return new Share();
    }

    /** Returns how much is held beyond what is free. */
    long used() {
        return used;
    }

    /** What one holder has of the budget. */
    final class Share {
        private long held;

        /** Holds {@code bytes} from now on, more or less than before; false, and no change, if they are not there. */
        boolean hold(long bytes) {
            long more = charged(bytes) - charged(held);
            if (more > 0 && used + more > limit) {
                return false;
            }
            used += more;
            held = bytes;
            return true;
        }

        long held() {
            return held;
        }

        private long charged(long bytes) {
            return Math.max(0, bytes - FREE_BYTES);
        }
    }
}
