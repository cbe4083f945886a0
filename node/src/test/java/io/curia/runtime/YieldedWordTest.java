package io.curia.runtime;

import static io.curia.runtime.WatchStage.CLUSTER;
import static io.curia.runtime.WatchStage.NOON;
import static io.curia.runtime.WatchStage.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Event;
import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import io.curia.model.Tenure;
import io.curia.model.YieldedTenure;
import io.curia.wire.message.Goodbye;
import io.curia.wire.message.LifelineRequest;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.Peer;
import io.curia.wire.message.Yielded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A master's word that its tenure is over: who is told, and who listens. */
class YieldedWordTest {

    private static final YieldedTenure WORD =
            new YieldedTenure(new Epoch(1), "c1", Cause.LEFT, "maintenance", Optional.empty());

    private int calls;
    @AutoClose
    private final WatchStage stage = new WatchStage();

    private static Tenure tenureOf(FakeMember master) {
        return new Tenure(new Epoch(1), master.id, master.incarnation, master.address(), 1, "/latch/1", NOON,
                Cause.FIRST, "c1", Duration.ofSeconds(3), Optional.empty());
    }

    @Test
    void whoIsNextHearsItFromTheMasterThatItWatches() throws Exception {
        FakeMember master = stage.member("a");
        stage.see(tenureOf(master));
        stage.awaitWatched(master);

        assertThat(master.yieldTenure(WORD)).isEqualTo(1);

        Event.TenureYielded heard = stage.awaitEvent(Event.TenureYielded.class);
        assertThat(heard.word()).isEqualTo(WORD);
        assertThat(heard.holder()).isEqualTo(master.incarnation);
    }

    /** The goodbye that follows shows that it has heard the word. */
    @Test
    void whoeverQueuesFurtherBehindDoesNotCare() throws Exception {
        FakeMember master = stage.member("a");
        stage.see(tenureOf(master), 2);
        stage.awaitWatched(master);

        assertThat(master.yieldTenure(WORD)).isEqualTo(1);
        master.leave();

        stage.awaitWatched();
        stage.assertNone(Event.TenureYielded.class);
    }

    @Test
    void onlyThoseWhoMayTakeOverAreTold() throws IOException {
        assertThat(stage.watch.callers().tellHeirs(WORD)).as("anybody").isFalse();
        try (Socket observer = call("n1", false)) {
            assertThat(observer.isConnected()).isTrue();
            assertThat(stage.watch.callers().tellHeirs(WORD)).as("an observer").isFalse();
            try (Socket heir = call("n2", true)) {
                assertThat(stage.watch.callers().tellHeirs(WORD)).as("a candidate").isTrue();
                assertThat(MessageCodec.decodeFromServer(lineFrom(heir))).isEqualTo(new Yielded(WORD));
            }
        }
        awaitCallers(0);
        assertThat(stage.watch.callers().tellHeirs(WORD)).as("who hung up").isFalse();
    }

    @Test
    void aMasterIsToldThatACandidateHungUp() throws Exception {
        stage.reign();
        Socket observer = call("n1", false);
        Socket heir = call("n2", true);

        observer.close();
        heir.close();

        assertThat(stage.awaitEvent(Event.HungUp.class).id()).isEqualTo(NodeId.of("n2"));
        awaitCallers(0);
        stage.assertNone(Event.HungUp.class);
    }

    @Test
    void nobodyElseIsToldThatACandidateHungUp() throws IOException {
        call("n2", true).close();
        awaitCallers(0);
        stage.assertNone(Event.HungUp.class);
    }

    /** Anybody may call in its name, as another incarnation of it. */
    @Test
    void aCandidateThatStillHoldsALifelineHasNotHungUp() throws IOException {
        stage.reign();
        try (Socket heir = call("n2", true)) {
            call("n2", true).close();
            awaitCallers(1);
            assertThat(heir.isConnected()).isTrue();
            stage.assertNone(Event.HungUp.class);
        }
    }

    @Test
    void aCandidateThatSaidGoodbyeHasNotHungUp() throws IOException {
        stage.reign();
        try (Socket heir = call("n2", true)) {
            heir.getOutputStream().write(MessageCodec.encode(new Goodbye("leaving")));
        }
        awaitCallers(0);
        stage.assertNone(Event.HungUp.class);
    }

    /** Somebody counts until what concerns the queue has been done about its hanging up. */
    private void awaitCallers(int count) {
        Awaitility.await().atMost(PATIENCE).until(() -> stage.watch.callers().count() == count);
    }

    /** Returns a lifeline that stands. */
    private Socket call(String id, boolean heir) throws IOException {
        Socket socket = new Socket(stage.server.address().host(), stage.server.address().port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream().write(MessageCodec.encode(new LifelineRequest(CLUSTER.name(), CLUSTER.uuid(),
                new Peer(NodeId.of(id), stage.server.address()), Incarnation.of(7, calls++), new Epoch(1), heir)));
        assertThat(lineFrom(socket)).isNotEmpty();
        return socket;
    }

    private static byte[] lineFrom(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1);
        return in.readLine().getBytes(StandardCharsets.UTF_8);
    }
}
