package io.curia.admin.doctor;

import io.curia.admin.witness.Sight;
import io.curia.admin.witness.Testimony;
import io.curia.model.ClusterView;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.store.memory.MemoryEnsemble;
import io.curia.wire.message.MasterReply;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.Vigil;
import io.curia.wire.message.Wishes;
import io.curia.zookeeper.EnsembleSight;
import io.curia.zookeeper.ServerSight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A cluster of n1 (master), n2 and n3 in good health, which a test makes ill in one way or another. */
final class Patient {

    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final long SERVERS = 3;

    private final MemoryEnsemble records = MemoryEnsemble.cluster("curia");
    private final Map<NodeId, Testimony> said = new HashMap<>();
    private final Map<NodeId, Map<NodeId, PeerSight>> peers = new HashMap<>();
    private final List<ServerSight> servers = new ArrayList<>();
    private boolean zooKeeperAnswers = true;
    EnsembleSight ensemble = new EnsembleSight(Optional.of(Duration.ofSeconds(4)), Optional.of(Duration.ofSeconds(40)),
            OptionalInt.of(3), List.of());

    Patient() {
        records.join("n1");
        records.join("n2");
        records.join("n3");
        records.elect("n1");
        for (int i = 1; i <= SERVERS; i++) {
            servers.add(new ServerSight("zk" + i + ":2181", i == 1 ? ServerSight.State.LEADER
                    : ServerSight.State.FOLLOWER, Optional.of("3.9.5"), Map.of("maxClientCnxns", "60"), ""));
        }
        for (String from : List.of("n1", "n2", "n3")) {
            for (String about : List.of("n1", "n2", "n3")) {
                if (!from.equals(about)) {
                    sees(from, about, PeerSight.ALIVE);
                }
            }
        }
    }

    MemoryEnsemble records() {
        return records;
    }

    Patient withoutZooKeeper() {
        zooKeeperAnswers = false;
        return this;
    }

    Patient server(int number, ServerSight.State state) {
        ServerSight old = servers.get(number - 1);
        servers.set(number - 1, new ServerSight(old.address(), state, state.serves() ? old.version() : Optional.empty(),
                state.serves() ? old.settings() : Map.of(), ""));
        return this;
    }

    Patient server(int number, String version, Map<String, String> settings) {
        ServerSight old = servers.get(number - 1);
        servers.set(number - 1, new ServerSight(old.address(), old.state(), Optional.of(version), settings, ""));
        return this;
    }

    Patient onlyServer() {
        servers.subList(1, servers.size()).clear();
        return this;
    }

    Patient sees(String from, String about, PeerSight sight) {
        peers.computeIfAbsent(NodeId.of(about), id -> new TreeMap<>()).put(NodeId.of(from), sight);
        return this;
    }

    Patient found(String id, Sight sight) {
        said.put(NodeId.of(id), Testimony.none(address(id), sight, Duration.ofMillis(3), "laid in by the test"));
        return this;
    }

    /** Lets the node say this of itself; {@link #health} is where to begin. */
    Patient saying(String id, StatusReply status) {
        said.put(NodeId.of(id), answer(status, NOW.plusMillis(1)));
        return this;
    }

    Patient clockOf(String id, Duration ahead) {
        said.put(NodeId.of(id), answer(health(id).build(), NOW.plus(ahead)));
        return this;
    }

    private Testimony answer(StatusReply status, Instant itsNow) {
        return new Testimony(status.address(), Sight.ANSWERED, Optional.of(status), Optional.of(MasterReply.of("curia",
                view().master(), view().currentMaster().isPresent(), Wishes.NONE, itsNow)), Duration.ofMillis(3), "");
    }

    private ClusterView view() {
        return records.store().view();
    }

    private Endpoint address(String id) {
        MemberView member = view().member(NodeId.of(id)).orElseThrow();
        return member.live().map(Member::address).or(() -> member.roster().address()).orElseThrow();
    }

    /** Returns what this node would say in good health. */
    Saying health(String id) {
        return new Saying(view(), NodeId.of(id), address(id));
    }

    List<Finding> findings() {
        ClusterView view = view();
        Map<NodeId, NodeEvidence> nodes = new LinkedHashMap<>();
        view.members().forEach(member -> NodeEvidence.Listed.of(member).ifPresent(listed -> nodes.put(member.id(),
                new NodeEvidence(listed, said.getOrDefault(member.id(), member.live().isPresent()
                        ? answer(health(member.id().value()).build(), NOW.plusMillis(1))
                        : Testimony.none(listed.address(), Sight.REFUSED, Duration.ZERO, "refused")),
                        peers.getOrDefault(member.id(), Map.of()), NOW))));
        return Diagnosis.of(new Evidence(zooKeeperAnswers ? Optional.of(view) : Optional.empty(),
                zooKeeperAnswers ? "" : "no connection", nodes, servers,
                zooKeeperAnswers ? ensemble : EnsembleSight.NOTHING, NOW));
    }

    /** What a node says of itself, to be changed. */
    static final class Saying {
        NodeId id;
        Role role;
        Epoch epoch;
        boolean valid;
        long guardMillis;
        Optional<NodeId> master;
        Incarnation incarnation;
        String uuid;
        boolean connected = true;
        long pid;
        private final Endpoint address;

        private Saying(ClusterView view, NodeId id, Endpoint address) {
            this.id = id;
            this.address = address;
            this.epoch = view.master().epoch();
            this.master = view.currentMaster().map(MemberView::id);
            this.valid = master.equals(Optional.of(id));
            this.role = valid ? Role.MASTER : Role.STANDBY;
            this.guardMillis = valid ? 2_600 : 0;
            this.uuid = view.cluster().uuid();
            MemberView member = view.member(id).orElseThrow();
            this.incarnation = member.live().map(Member::incarnation).or(() -> member.roster().incarnation())
                    .orElseThrow();
            this.pid = member.live().map(Member::pid).orElse(1L);
        }

        StatusReply build() {
            return new StatusReply(id, role, epoch, valid, guardMillis, master, incarnation, Optional.of(uuid), "curia",
                    connected, pid, address, Vigil.NONE);
        }
    }
}
