package io.curia.wire.message;

import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import io.curia.model.Role;
import java.util.Objects;
import java.util.Optional;

/**
 * What a node believes of itself at the moment of answering, with or without ZooKeeper.
 *
 * @param id the node
 * @param role its role
 * @param epoch its own epoch while it is master, else the highest it has seen
 * @param valid whether it may act as master now, by its own clock
 * @param guardRemainingMillis for how long that holds without a further renewal; 0 when not valid
 * @param master the master as far as it knows; empty when it knows of none
 * @param incarnation its present registration, or the one that it is about to make
 * @param uuid the cluster's uuid; empty until the node has learned it
 * @param cluster the cluster's name
 * @param connected whether its session can talk to ZooKeeper now
 * @param pid its process
 * @param address where its port can be dialled
 * @param vigil how it watches others
 */
public record StatusReply(NodeId id, Role role, Epoch epoch, boolean valid, long guardRemainingMillis,
        Optional<NodeId> master, Incarnation incarnation, Optional<String> uuid, String cluster, boolean connected,
        long pid, Endpoint address, Vigil vigil) implements Reply {

    static final String TYPE = "status";

    public StatusReply {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(master, "master");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(uuid, "uuid");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(vigil, "vigil");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.status(this);
    }
}
