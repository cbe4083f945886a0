package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Event;
import io.curia.core.Obituary;
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
import io.curia.model.Priority;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.wire.Connection;
import io.curia.wire.NodeServer;
import io.curia.wire.ServerLimits;
import io.curia.wire.message.LifelineReply;
import io.curia.wire.message.LifelineRequest;
import io.curia.wire.message.Peer;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import io.curia.wire.message.WitnessRequest;
import io.curia.zookeeper.ZooKeeperSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** The watch of one node, on a real port, over members that are played; ZooKeeper has no part in it. */
final class WatchStage implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    static final ClusterIdentity CLUSTER = new ClusterIdentity(FakeMember.CLUSTER, FakeMember.UUID, NOON);
    private static final NodeId SELF = NodeId.of("m");
    private static final Incarnation MINE = Incarnation.of(7, 0);
    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);

    final NodeServer server = NodeServer.start("test-watch", ANY_PORT, ServerLimits.DEFAULT, this::answer);
    final Accusations accusations = new Accusations(SELF);
    private final BlockingQueue<Event> posted = new LinkedBlockingQueue<>();
    private final List<FakeMember> members = new ArrayList<>();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
    private volatile NodeState state = standby(MasterRecord.VACANT, 1);
    private volatile Optional<ClusterView> view = Optional.empty();
    /** How often the watch had the records looked at anew. */
    final AtomicInteger observed = new AtomicInteger();
    final DeathWatch watch = new DeathWatch(config(), server, thread, () -> state, () -> view, accusations,
            observed::incrementAndGet, posted::add, Clock.systemUTC());

    private static NodeConfig config() {
        return new NodeConfig(SELF, ZooKeeperSettings.of("127.0.0.1:1", FakeMember.CLUSTER), ANY_PORT,
                Optional.empty(), List.of(), false, MemberKind.CANDIDATE, Map.of(), Priority.DEFAULT, Optional.empty(),
                Optional.empty(), Optional.empty(), false, Failover.FAST, Duration.ofSeconds(1));
    }

    /** The watch learns of this master, from the record and not from a view. */
    void see(Tenure master) {
        see(master, 1);
    }

    /** The same, with so many ahead of it in the queue. */
    void see(Tenure master, int ahead) {
        state = standby(new MasterRecord(Optional.of(master), 1), ahead);
        watch.changed();
    }

    /** The node is master. */
    void reign() {
        state = as(Role.MASTER, MasterRecord.VACANT, 0);
    }

    private NodeState standby(MasterRecord master, int ahead) {
        return as(Role.STANDBY, master, ahead);
    }

    private NodeState as(Role role, MasterRecord master, int ahead) {
        return new NodeState(SELF, MemberKind.CANDIDATE, role, new Epoch(1), MINE, server.address(), true,
                Optional.of(CLUSTER), OptionalInt.of(ahead), Optional.empty(), master, master.tenure().isPresent());
    }

    private CompletionStage<? extends Reply> answer(Request request, Connection connection) {
        if (request instanceof WitnessRequest question) {
            return watch.testify(question);
        }
        LifelineRequest caller = (LifelineRequest) request;
        connection.keep();
        watch.called(caller, connection);
        return CompletableFuture.completedStage(new LifelineReply(caller.cluster(), caller.uuid(),
                new Peer(SELF, server.address()), MINE, new Epoch(1), Optional.empty(), true));
    }

    /** Returns somebody who can be watched. */
    FakeMember member(String id) {
        FakeMember member = new FakeMember(id, members.size() + 1);
        members.add(member);
        return member;
    }

    /** The watch learns who is registered. */
    void see(Member... live) {
        List<Member> all = new ArrayList<>(List.of(live));
        all.add(FakeMember.member(SELF, MINE, server.address()));
        view = Optional.of(ClusterView.of(CLUSTER, state.master(), all.stream().map(member ->
                RosterEntry.admitted(member.id(), member.kind(), "test", "", NOON).registered(member)).toList(), all,
                Intents.NONE, NOON));
        watch.changed();
    }

    /** It holds lifelines to these and to nobody else. */
    void awaitWatched(FakeMember... watched) {
        Awaitility.await().atMost(PATIENCE).until(() -> watch.standing().vigil().watched().equals(
                List.of(watched).stream().map(member -> member.id).sorted().toList()));
    }

    /** Returns the first death that it reports. */
    Obituary awaitObituary() throws InterruptedException {
        return awaitEvent(Event.DeathVerified.class).obituary();
    }

    /** Returns the first event that it posts of this kind. */
    <T extends Event> T awaitEvent(Class<T> kind) throws InterruptedException {
        while (true) {
            Event next = posted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(next).as(kind.getSimpleName()).isNotNull();
            if (kind.isInstance(next)) {
                return kind.cast(next);
            }
        }
    }

    void assertNone(Class<? extends Event> kind) {
        assertThat(posted).noneMatch(kind::isInstance);
    }

    void assertNobodyIsAccused() {
        assertNone(Event.DeathVerified.class);
        assertThat(watch.standing().vigil().made()).isZero();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        server.close();
        members.forEach(FakeMember::close);
    }
}
