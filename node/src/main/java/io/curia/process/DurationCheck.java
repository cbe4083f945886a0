package io.curia.process;

import io.curia.health.HealthPlan;
import io.curia.health.HealthSettings;
import io.curia.runtime.NodeConfig;
import io.curia.zookeeper.EnsembleInspection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Times that are each in order and do not go together. */
final class DurationCheck {

    /** ZooKeeper's client shares the session timeout among the servers that it tries to connect to. */
    private static final Duration A_SERVER = Duration.ofMillis(500);
    private static final Duration SHORT_SESSION = Duration.ofSeconds(1);
    private static final Duration LONG_SESSION = Duration.ofMinutes(2);

    private final NodeConfig config;

    DurationCheck(NodeConfig config) {
        this.config = config;
    }

    List<Complaint> complaints() {
        List<Complaint> found = new ArrayList<>();
        Duration session = config.zooKeeper().sessionTimeout();
        int servers = EnsembleInspection.servers(config.zooKeeper()).size();
        Duration enough = A_SERVER.multipliedBy(servers);
        if (session.compareTo(enough) < 0) {
            found.add(Complaint.warning("--session-timeout " + text(session) + " leaves each of " + servers
                    + " ZooKeeper servers " + text(session.dividedBy(Math.max(1, servers)))
                    + " to accept a connection; use at least " + text(enough)));
        }
        if (session.compareTo(SHORT_SESSION) < 0) {
            found.add(Complaint.warning("--session-timeout " + text(session) + ": a pause of that length, of this "
                    + "process or of ZooKeeper, costs the node its membership; use some seconds"));
        }
        if (session.compareTo(LONG_SESSION) > 0) {
            found.add(Complaint.warning("--session-timeout " + text(session) + ": the cluster is without a master for "
                    + "that long after a host is cut off or freezes; use 10s or so"));
        }
        config.health().map(HealthPlan::settings).ifPresent(health -> checkHealth(health, session, found));
        return found;
    }

    private static void checkHealth(HealthSettings health, Duration session, List<Complaint> found) {
        if (health.timeout().compareTo(health.interval()) > 0) {
            found.add(Complaint.warning("--health-timeout " + text(health.timeout()) + " is longer than "
                    + "--health-interval " + text(health.interval()) + ": slow checks are made less often than it "
                    + "says; use a timeout of at most the interval"));
        }
        Duration verdict = health.interval().multipliedBy(health.fall()).plus(health.timeout());
        if (verdict.compareTo(session.multipliedBy(10)) > 0) {
            found.add(Complaint.warning("an unfit master is found out only after up to " + text(verdict)
                    + " (--health-fall times --health-interval, and --health-timeout); shorten them, or take the "
                    + "check for what it is: slow"));
        }
    }

    private static String text(Duration time) {
        long millis = time.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
