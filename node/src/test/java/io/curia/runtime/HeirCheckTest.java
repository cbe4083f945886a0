package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.model.Endpoint;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.store.NodeSession;
import io.curia.store.RecordingObserver;
import io.curia.store.TestNode;
import io.curia.store.TestRecords;
import io.curia.store.memory.MemoryEnsemble;
import io.curia.wire.NodeServer;
import io.curia.wire.ServerLimits;
import io.curia.wire.message.ErrorCode;
import io.curia.wire.message.ErrorReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a master is told of whoever is to follow it, on real sockets. */
class HeirCheckTest {

    private static final NodeId HEIR = NodeId.of("n2");
    private static final Incarnation REGISTERED = Incarnation.of(7, 1);
    private static final long PATIENCE_SECONDS = 20;

    private final MemoryEnsemble cluster = MemoryEnsemble.cluster(FakeMember.CLUSTER);
    private final NodeServer server = NodeServer.start("test-heir", new Endpoint("127.0.0.1", 0), ServerLimits.DEFAULT,
            (request, connection) -> CompletableFuture.completedStage(new ErrorReply(ErrorCode.UNAVAILABLE, "")));
    private final BlockingQueue<Event> posted = new LinkedBlockingQueue<>();
    private final HeirCheck check = new HeirCheck(NodeId.of("n1"), cluster.store(), new Sightings(server.probe()),
            Runnable::run, posted::add);

    @AfterEach
    void end() {
        server.close();
    }

    private void registered(Endpoint address) {
        NodeSession session = cluster.session(HEIR.value());
        session.open(new RecordingObserver());
        TestNode.await(session.admit(TestRecords.admitted(HEIR.value())));
        Member member = FakeMember.member(HEIR, REGISTERED, address);
        RosterEntry entry = cluster.store().roster(HEIR).orElseThrow();
        assertThat(TestNode.await(session.register(member, entry.registered(member), List.of())).isDone()).isTrue();
    }

    private Optional<String> objection() throws InterruptedException {
        check.ask(new Action.AskHeir(HEIR, 7));
        Event.HeirAnswered answer = (Event.HeirAnswered) posted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(answer.heir()).isEqualTo(HEIR);
        assertThat(answer.issuedNanos()).isEqualTo(7);
        return answer.objection();
    }

    @Test
    void whoAnswersAsItIsRegisteredIsThere() throws Exception {
        try (FakeMember heir = new FakeMember(HEIR.value(), 1)) {
            registered(heir.address());

            assertThat(objection()).isEmpty();
        }
    }

    @Test
    void anotherRunOfItIsNotWhoIsToFollow() throws Exception {
        try (FakeMember heir = new FakeMember(HEIR.value(), 2)) {
            registered(heir.address());

            assertThat(objection()).contains("is not who answers at " + heir.address());
        }
    }

    /** The system accepts in its name for as long as there is room in the queue, and nobody answers. */
    @Test
    void oneThatStandsStillIsNotThere() throws Exception {
        try (ServerSocket frozen = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Endpoint address = new Endpoint("127.0.0.1", frozen.getLocalPort());
            registered(address);

            assertThat(objection()).contains("does not answer at " + address);
        }
    }

    @Test
    void oneWhosePortIsClosedIsNotThere() throws Exception {
        Endpoint address = deserted();
        registered(address);

        assertThat(objection()).contains("has closed its port, " + address);
    }

    private static Endpoint deserted() throws IOException {
        try (ServerSocket given = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Endpoint("127.0.0.1", given.getLocalPort());
        }
    }

    @Test
    void oneThatIsNotRegisteredIsNotThere() throws Exception {
        assertThat(objection()).contains("is not registered");
    }

    @Test
    void withoutZooKeeperNobodyIsThere() throws Exception {
        cluster.reachable(false);

        assertThat(objection().orElseThrow()).startsWith("cannot be looked up: ");
    }
}
