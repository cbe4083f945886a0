package io.curia.zookeeper.server;

/**
 * One server of an ensemble as it was found a moment ago.
 *
 * @param id 1, 2 or 3
 * @param address where clients connect, {@code host:port}
 * @param pid its process; that of the last one if it is down
 * @param mode what it does
 */
public record ServerStatus(int id, String address, long pid, Mode mode) {

    /** What a server does. */
    public enum Mode {
        /** Its process has ended. */
        DOWN,
        /** Its process runs and does not serve: it starts, or looks for a quorum. */
        STARTING,
        /** It serves, alone. */
        STANDALONE,
        /** It serves, and orders the ensemble's writes. */
        LEADER,
        /** It serves, and follows the leader. */
        FOLLOWER;

        /** Returns whether clients are served. */
        public boolean serves() {
            return this == STANDALONE || this == LEADER || this == FOLLOWER;
        }
    }
}
