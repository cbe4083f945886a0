package io.curia.admin.doctor;

import java.util.Objects;

/**
 * One thing that was found, and what to do about it.
 *
 * @param kind what it is
 * @param subject whom it is about: a node's id, a server's address, {@code cluster} or {@code ensemble}
 * @param detail what was seen, for a person
 * @param advice what to do
 */
public record Finding(Kind kind, String subject, String detail, String advice) {

    /** What can be found. The names are part of the output's contract. */
    public enum Kind {
        /** Two nodes say that they may act as master, or one does that ZooKeeper does not know as master. */
        TWO_MASTERS(Severity.FAULT),
        /** Nobody is master. */
        NO_MASTER(Severity.FAULT),
        /** The master does not take itself for a valid one. */
        MASTER_NOT_VALID(Severity.FAULT),
        /** It answers, and has lost ZooKeeper. */
        CUT_OFF_FROM_ZOOKEEPER(Severity.FAULT),
        /** It answers here, and other nodes do not reach it, or it does not reach them. */
        CUT_OFF_FROM_PEERS(Severity.FAULT),
        /** Its process accepts connections and does nothing. */
        FROZEN(Severity.FAULT),
        /** It is registered, and its process is gone. */
        GHOST(Severity.FAULT),
        /** Another process runs under its id than the one that is registered. */
        DUPLICATE_ID(Severity.FAULT),
        /** What listens at its address is another node. */
        ADDRESS_TAKEN(Severity.FAULT),
        /** What listens at its address is no node of Curia. */
        FOREIGN_PROCESS(Severity.FAULT),
        /** Nothing leads to the address that it advertises. */
        UNREACHABLE_ADDRESS(Severity.FAULT),
        /** It does not know of the epoch that ZooKeeper has. */
        STALE_EPOCH(Severity.FAULT),
        /** It knows of an epoch that ZooKeeper does not. */
        RECORDS_WENT_BACK(Severity.FAULT),
        /** It sees another master, or another cluster, than ZooKeeper has. */
        VIEWS_DIFFER(Severity.FAULT),
        /** Its clock guard has not been renewed as it should. */
        GUARD_NEAR_END(Severity.FAULT),
        /** It went without being told to, and is not back. */
        NODE_DOWN(Severity.FAULT),
        /** Its own health check says that it must not be master. */
        UNHEALTHY(Severity.FAULT),
        /** The ensemble does not answer: it cannot be reached, or has no quorum. */
        NO_QUORUM(Severity.FAULT),
        /** A server of the ensemble does not serve. */
        SERVER_DOWN(Severity.FAULT),
        /** Reached by other nodes, not from here. */
        UNREACHABLE_FROM_HERE(Severity.RISK),
        /** Nobody could follow the master. */
        NO_STANDBY(Severity.RISK),
        /** Nobody becomes master by itself for a time. */
        PAUSED(Severity.RISK),
        /** Asked whether it may be promoted, it said no, and nothing has taken that back. */
        REFUSED_PROMOTION(Severity.RISK),
        /** It keeps losing mastership, and goes behind others for a time. */
        FLAPPING(Severity.RISK),
        /** Its wall clock differs from this machine's. */
        CLOCK_SKEW(Severity.RISK),
        /** An operator has taken it out of the running. */
        DRAINED(Severity.NOTE),
        /** A switchover is still to happen. */
        SWITCHOVER_PENDING(Severity.NOTE),
        /** Members run different versions. */
        MIXED_VERSIONS(Severity.NOTE),
        /** The ensemble is a single server, or an even number of them. */
        ENSEMBLE_SIZE(Severity.RISK),
        /** The connect string does not name all servers. */
        SERVERS_NOT_NAMED(Severity.RISK),
        /** The ensemble does not grant usual session timeouts. */
        SESSION_BOUNDS(Severity.RISK),
        /** Servers limit how many connections one host may have. */
        CONNECTION_LIMIT(Severity.RISK),
        /** Anybody may change the cluster's records. */
        OPEN_ACLS(Severity.RISK),
        /** A server is older than what is supported. */
        OLD_SERVER(Severity.RISK),
        /** Servers may not be asked for what would be worth knowing. */
        SERVERS_MUTE(Severity.NOTE);

        private final Severity severity;

        Kind(Severity severity) {
            this.severity = severity;
        }

        /** Returns how much it matters. */
        public Severity severity() {
            return severity;
        }
    }

    /** The subject of what concerns no node and no server alone. */
    public static final String CLUSTER = "cluster";
    /** The subject of what concerns the ensemble as a whole. */
    public static final String ENSEMBLE = "ensemble";

    public Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(advice, "advice");
    }
}
