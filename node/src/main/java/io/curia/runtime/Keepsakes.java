package io.curia.runtime;

import io.curia.model.ClusterIdentity;
import io.curia.model.Epoch;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what the next run will want to know, whenever it changed; slow, so on the thread for chores. */
final class Keepsakes {

    private static final Logger log = LoggerFactory.getLogger(Keepsakes.class);

    private final NodeParts parts;
    /** What was last handed over to be written: of the loop's thread only. */
    private long session;
    private Epoch epoch = Epoch.NONE;

    Keepsakes(NodeParts parts) {
        this.parts = parts;
    }

    /** Returns the highest epoch that an earlier run saw in this very cluster. */
    Epoch highestEpoch(ClusterIdentity cluster) {
        return parts.data().map(directory -> {
            directory.clusterUuid().filter(uuid -> !uuid.equals(cluster.uuid())).ifPresent(uuid -> log.warn(
                    "cluster {} has another uuid than when this node last ran, {} instead of {}: its ZooKeeper was "
                    + "wiped or replaced, and epochs begin anew", cluster.name(), cluster.uuid(), uuid));
            return directory.highestEpoch(cluster.uuid());
        }).orElse(Epoch.NONE);
    }

    /** Has the present session's ticket and the highest epoch written, if either is another than before. */
    void keep(long sessionNow, Optional<ClusterIdentity> cluster, Epoch epochNow) {
        if (parts.data().isEmpty()) {
            return;
        }
        if (sessionNow != session) {
            session = sessionNow;
            later(() -> parts.zooKeeper().ticket().filter(ticket -> ticket.sessionId() == sessionNow)
                    .ifPresent(ticket -> parts.data().get().keepTicket(ticket)));
        }
        if (cluster.isPresent() && epochNow.isAfter(epoch)) {
            epoch = epochNow;
            later(() -> parts.data().get().keepEpoch(cluster.get().uuid(), epochNow));
        }
    }

    private void later(Runnable writing) {
        try {
            parts.chores().execute(writing);
        } catch (RejectedExecutionException e) {
            // The run is ending: its session ends in order, and a lower epoch floor costs nothing.
            log.debug("not kept", e);
        }
    }
}
