package io.curia.admin.doctor;

import io.curia.model.ClusterView;
import io.curia.model.NodeId;
import io.curia.zookeeper.EnsembleSight;
import io.curia.zookeeper.ServerSight;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All that was seen and heard of a cluster at about one moment.
 *
 * @param view what ZooKeeper holds; empty if it did not answer
 * @param trouble why ZooKeeper did not answer; empty if it did
 * @param nodes what was found out about each node that was looked at, by id
 * @param servers ZooKeeper's servers, each asked without a session
 * @param ensemble what could be found out about the ensemble with a session
 * @param at when, by this machine's wall clock
 */
public record Evidence(Optional<ClusterView> view, String trouble, Map<NodeId, NodeEvidence> nodes,
        List<ServerSight> servers, EnsembleSight ensemble, Instant at) {

    public Evidence {
        Objects.requireNonNull(view, "view");
        Objects.requireNonNull(trouble, "trouble");
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        servers = List.copyOf(servers);
        Objects.requireNonNull(ensemble, "ensemble");
        Objects.requireNonNull(at, "at");
    }
}
