package io.curia.metrics;

/**
 * What the meters are called, in Micrometer's notation: a registry for Prometheus makes {@code curia_elections_total}
 * of the counter {@code curia.elections}, and adds the unit where there is one.
 */
final class Names {

    static final String PREFIX = "curia.";

    static final String BUILD_INFO = PREFIX + "build.info";
    static final String ROLE = PREFIX + "role";
    static final String CANDIDATE = PREFIX + "candidate";
    static final String EPOCH = PREFIX + "epoch";
    static final String MASTER_VALID = PREFIX + "master.valid";
    static final String MASTER_VALIDITY = PREFIX + "master.validity";
    static final String MASTER_GUARD = PREFIX + "master.guard";
    static final String MASTER_SEEN = PREFIX + "master.seen";
    static final String WITHOUT_MASTER = PREFIX + "without.master";
    static final String ELECTIONS = PREFIX + "elections";
    static final String FAILOVER = PREFIX + "failover";
    static final String MASTERSHIPS_ENDED = PREFIX + "masterships.ended";
    static final String MEMBERS = PREFIX + "members";
    static final String VIEW_AGE = PREFIX + "view.age";
    static final String ACCUSATIONS = PREFIX + "accusations";
    static final String LIFELINES = PREFIX + "lifelines";
    static final String JOINS = PREFIX + "joins";
    static final String JOIN_REFUSALS = PREFIX + "join.refusals";
    static final String ZOOKEEPER_CONNECTED = PREFIX + "zookeeper.connected";
    static final String ZOOKEEPER_SESSION_TIMEOUT = PREFIX + "zookeeper.session.timeout";
    static final String ZOOKEEPER_REQUEST = PREFIX + "zookeeper.request";
    static final String ZOOKEEPER_CONNECTS = PREFIX + "zookeeper.connects";
    static final String ZOOKEEPER_DISCONNECTS = PREFIX + "zookeeper.disconnects";
    static final String ZOOKEEPER_SESSIONS_LOST = PREFIX + "zookeeper.sessions.lost";
    static final String RENEWALS_FAILED = PREFIX + "renewals.failed";
    static final String LOOP_TURN = PREFIX + "loop.turn";
    static final String LOOP_LATENESS = PREFIX + "loop.lateness";
    static final String LOOP_BUSY = PREFIX + "loop.busy";
    static final String LOOP_EVENTS = PREFIX + "loop.events.waiting";
    static final String LISTENER_OLDEST_CALL = PREFIX + "listener.oldest.call";

    private Names() {
    }
}
