package io.curia.runtime;

import io.curia.core.Bar;
import io.curia.core.NodeCore;
import io.curia.model.ClusterIdentity;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.MasterRecord;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.Role;
import io.curia.model.Tenure;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a node believes of itself at one moment, immutable.
 *
 * @param id its name
 * @param kind candidate or observer
 * @param role its role
 * @param epoch the highest epoch it knows of
 * @param incarnation the registration it holds or is about to make
 * @param address where it can be dialled
 * @param connected whether it can talk to ZooKeeper
 * @param cluster which cluster; empty until ZooKeeper was reached once
 * @param ahead how many candidates queued before it when it last listed the queue; empty if it does not queue
 * @param aside why it is no candidate just now, for people; empty if it is one, or never is
 * @param master the master record as last seen
 * @param masterLive whether the registration that record names stood when last seen
 */
public record NodeState(NodeId id, MemberKind kind, Role role, Epoch epoch, Incarnation incarnation, Endpoint address,
        boolean connected, Optional<ClusterIdentity> cluster, OptionalInt ahead, Optional<String> aside,
        MasterRecord master, boolean masterLive) {

    public NodeState {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(ahead, "ahead");
        Objects.requireNonNull(aside, "aside");
        Objects.requireNonNull(master, "master");
    }

    /** Returns what a node believes before it has begun. */
    static NodeState initial(NodeConfig config, Incarnation incarnation) {
        return new NodeState(config.id(), config.kind(), Role.DETACHED, Epoch.NONE, incarnation,
                config.advertise().orElse(config.bind()), false, Optional.empty(), OptionalInt.empty(),
                Optional.empty(), MasterRecord.VACANT, false);
    }

    /** Returns what the core believes. */
    static NodeState of(NodeConfig config, NodeCore core, Endpoint address, Optional<ClusterIdentity> cluster) {
        Observation seen = core.seen();
        OptionalInt ahead = seen.latch().stream().mapToInt(LatchPlace::ahead).findFirst();
        Optional<String> aside = core.bars().stream()
                .filter(bar -> bar.reach() != Bar.Reach.PLACE && bar.reason() != Bar.Reason.UNCHECKED)
                .map(Bar::detail).findFirst();
        return new NodeState(config.id(), config.kind(), core.role(), core.epoch(), core.incarnation(), address,
                seen.connected(), cluster, ahead, aside, seen.master(), seen.holderLive());
    }

    /** Returns what it believes once it has ended. */
    NodeState stopped() {
        return new NodeState(id, kind, Role.STOPPED, epoch, incarnation, address, false, cluster, OptionalInt.empty(),
                Optional.empty(), master, false);
    }

    /** Returns whether the node is registered as a member, by its own account. */
    public boolean isMember() {
        return switch (role) {
            case STANDBY, ELECTED, MASTER, YIELDING, LEAVING -> true;
            case DETACHED, JOINING, EVICTED, STOPPED -> false;
        };
    }

    /** Returns whether it is master, or by what it sees a member that knows that it is not about to become master. */
    boolean isSettled(Observation seen) {
        boolean waits = kind == MemberKind.OBSERVER
                || seen.latch().filter(place -> !place.leading() && !place.first()).isPresent();
        return role == Role.MASTER || role == Role.STANDBY && waits || isMember() && aside.isPresent();
    }

    /** Returns the tenure of the present master as this node last saw it; empty while there is none. */
    public Optional<Tenure> currentMaster() {
        return master.tenure().filter(tenure -> tenure.ending().isEmpty() && masterLive);
    }

    // Written out: see Incarnation. Compared after every event.
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof NodeState that && Arrays.equals(components(), that.components());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(components());
    }

    private Object[] components() {
        return new Object[] {id, kind, role, epoch, incarnation, address, connected, cluster, ahead, aside, master,
                masterLive};
    }
}
