package io.curia.http;

import io.curia.model.Cause;
import io.curia.model.ClusterIdentity;
import io.curia.model.ClusterView;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Intents;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.runtime.HostName;
import io.curia.runtime.NodeState;
import io.curia.runtime.WatchState;
import io.curia.store.History;
import io.curia.wire.message.Vigil;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A node of three, n1, that is whatever a test makes it; n2 is master of epoch 7 unless told otherwise. */
final class FakeNode implements Subject {

    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    static final ClusterIdentity CLUSTER =
            new ClusterIdentity("orders", "6f1d4c2e-8b7a-4f0e-9c3d-5a2b1e0f7d6c", NOW.minusSeconds(900));
    static final NodeId SELF = NodeId.of("n1");

    final FakeHistory history = new FakeHistory();
    volatile Role role = Role.STANDBY;
    volatile MemberKind kind = MemberKind.CANDIDATE;
    volatile boolean connected = true;
    volatile Optional<String> aside = Optional.empty();
    volatile Optional<String> master = Optional.of("n2");
    volatile Optional<Validity> validity = Optional.empty();
    volatile Optional<ClusterView> view = Optional.of(viewOf(Map.of()));
    volatile boolean started = true;
    volatile Duration busy = Duration.ZERO;
    volatile Optional<WatchState> watch = Optional.of(new WatchState(
            new Vigil(2, List.of(NodeId.of("n2")), 1, 0, 0, 0, 0, 0), List.of(NodeId.of("n3"))));

    /** Makes it master of epoch 8. */
    void makeMaster() {
        role = Role.MASTER;
        master = Optional.of("n1");
        validity = Optional.of(new Validity(new Epoch(8), Duration.ofMillis(7_211)));
    }

    static Member member(String id, Map<String, String> tags, String host) {
        return new Member(NodeId.of(id), Incarnation.of(1, id.charAt(1)), new Endpoint("10.0.0.1", 8001),
                MemberKind.CANDIDATE, 4711, host, "0.1", NOW.minusSeconds(60), tags, Optional.empty());
    }

    /** Returns the cluster of n1, n2 and n3, each at the HTTP address given for it, all on this host. */
    static ClusterView viewOf(Map<String, String> addresses) {
        return viewOf(Stream.of("n1", "n2", "n3").map(id -> member(id,
                addresses.containsKey(id) ? Map.of("http", addresses.get(id)) : Map.of(), HostName.here())).toList());
    }

    static ClusterView viewOf(List<Member> members) {
        List<RosterEntry> roster = new ArrayList<>();
        members.forEach(member -> roster.add(RosterEntry.admitted(member.id(), MemberKind.CANDIDATE, "n2", "", NOW)
                .registered(member)));
        return ClusterView.of(CLUSTER, new MasterRecord(Optional.of(tenure("n2", 7)), 3), roster, members,
                Intents.NONE, NOW.minusSeconds(3));
    }

    private static Tenure tenure(String id, long epoch) {
        return new Tenure(new Epoch(epoch), NodeId.of(id), Incarnation.of(1, id.charAt(1)),
                new Endpoint("10.0.0.1", 8001), 4711, "/latch/1", NOW.minusSeconds(50), Cause.LEFT, "claim",
                Duration.ofSeconds(7), Optional.empty());
    }

    @Override
    public String cluster() {
        return CLUSTER.name();
    }

    @Override
    public NodeState state() {
        long epoch = validity.map(Validity::epoch).map(Epoch::number).orElse(7L);
        return new NodeState(SELF, kind, role, new Epoch(epoch), Incarnation.of(1, '1'),
                new Endpoint("10.0.0.1", 8001), connected, Optional.of(CLUSTER), OptionalInt.empty(), aside,
                new MasterRecord(master.map(id -> tenure(id, epoch)), 3), master.isPresent());
    }

    @Override
    public Optional<Validity> validity() {
        return validity;
    }

    @Override
    public Optional<ClusterView> view() {
        return view;
    }

    @Override
    public Optional<History> history() {
        return Optional.of(history);
    }

    @Override
    public Optional<WatchState> watch() {
        return watch;
    }

    @Override
    public boolean hasStarted() {
        return started;
    }

    @Override
    public Duration busy() {
        return busy;
    }
}
