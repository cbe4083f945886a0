package io.curia.wire;

import static io.curia.wire.RawClient.PING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.curia.model.Endpoint;
import io.curia.model.RefusalReason;
import io.curia.port.BindFailedException;
import io.curia.wire.Handlers.Held;
import io.curia.wire.message.ErrorCode;
import io.curia.wire.message.ErrorReply;
import io.curia.wire.message.Pong;
import io.curia.wire.message.Refused;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a well-behaved client may rely on. */
final class NodeServerTest {

    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<NodeServer> servers = new ArrayList<>();

    private NodeServer start(ServerLimits limits, RequestHandler handler) {
        NodeServer server = NodeServer.start("test-wire", ANY_PORT, limits, handler);
        servers.add(server);
        return server;
    }

    private NodeServer start(RequestHandler handler) {
        return start(ServerLimits.DEFAULT, handler);
    }

    @AfterEach
    void stop() {
        servers.forEach(NodeServer::close);
    }

    private static String membersAfter(String id) {
        return "{\"v\":1,\"type\":\"members\",\"after\":\"" + id + "\"}\n";
    }

    @Test
    void aJoinThatIsRefusedBeforeItIsUnderstoodIsToldToTheHandler() throws IOException {
        List<Refused> told = new CopyOnWriteArrayList<>();
        NodeServer server = start(new RequestHandler() {
            @Override
            public CompletionStage<? extends Reply> handle(Request request, Connection connection) {
                return Handlers.pong(request, connection);
            }

            @Override
            public void onRefused(Refused refusal) {
                told.add(refusal);
            }
        });
        for (String line : List.of("{\"v\":1,\"type\":\"join\"}\n", "{\"v\":99,\"type\":\"join\"}\n", "nonsense\n")) {
            try (RawClient client = new RawClient(server.address())) {
                client.say(line).hear();
            }
        }

        assertThat(told).extracting(Refused::reason).containsExactly(RefusalReason.INVALID, RefusalReason.VERSION);
    }

    @Test
    void manyRequestsAreAnsweredOnOneConnection() throws IOException {
        try (RawClient client = new RawClient(start(Handlers::pong).address())) {
            for (int i = 0; i < 100; i++) {
                assertThat(client.say(PING).hear()).isEqualTo(Handlers.PONG);
            }
        }
    }

    @Test
    void burstOfRequestsIsAnsweredToItsEnd() throws IOException {
        try (RawClient client = new RawClient(start(Handlers::pong).address())) {
            client.say(PING.repeat(1_000));
            for (int i = 0; i < 1_000; i++) {
                assertThat(client.hear()).isEqualTo(Handlers.PONG);
            }
        }
    }

    @Test
    void answersComeInTheOrderOfTheRequestsWhateverTheirOwn() throws Exception {
        Held held = new Held();
        try (RawClient client = new RawClient(start(held).address())) {
            client.say(membersAfter("a") + membersAfter("b") + membersAfter("c"));
            List<Held.Asked> asked = List.of(held.next(), held.next(), held.next());
            for (int last = 2; last >= 0; last--) {
                asked.get(last).answer().complete(Handlers.named(asked.get(last).request()));
            }

            for (String id : List.of("a", "b", "c")) {
                assertThat(client.hearError().detail()).isEqualTo(id);
            }
        }
    }

    @Test
    void requestSplitIntoSingleBytesIsUnderstood() throws IOException {
        try (RawClient client = new RawClient(start(Handlers::pong).address())) {
            for (byte next : PING.getBytes(UTF_8)) {
                client.say(new byte[] {next});
            }
            assertThat(client.hear()).isEqualTo(Handlers.PONG);
        }
    }

    @Test
    void noMoreRequestsAreReadThanMayBeUnanswered() throws Exception {
        Held held = new Held();
        int allowed = ServerLimits.DEFAULT.maxUnanswered();
        try (RawClient client = new RawClient(start(held).address())) {
            client.say(PING.repeat(200));
            await().atMost(SOON).until(() -> held.waiting() == allowed);
            for (int i = 0; i < 200; i++) {
                assertThat(held.waiting()).isLessThanOrEqualTo(allowed);
                held.next().answer().complete(Handlers.PONG);
                assertThat(client.hear()).isEqualTo(Handlers.PONG);
            }
        }
    }

    @Test
    void clientThatEndsItsOutputStillGetsItsAnswers() throws Exception {
        Held held = new Held();
        try (RawClient client = new RawClient(start(held).address())) {
            client.say(PING + PING.trim()).endOutput();
            List<Held.Asked> asked = List.of(held.next(), held.next());
            asked.forEach(one -> one.answer().complete(Handlers.PONG));

            assertThat(client.hear()).isEqualTo(Handlers.PONG);
            assertThat(client.hear()).isEqualTo(Handlers.PONG);
            assertThat(client.hear()).isNull();
        }
    }

    @Test
    void failingHandlerCostsOneAnswerAndNotTheConnection() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        RequestHandler handler = (request, connection) -> switch (calls.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("thrown on purpose by a test");
            case 2 -> CompletableFuture.failedFuture(new IllegalStateException("failed on purpose by a test"));
            case 3 -> CompletableFuture.completedFuture(null);
            case 4 -> null;
            default -> CompletableFuture.completedFuture(Handlers.PONG);
        };
        try (RawClient client = new RawClient(start(handler).address())) {
            client.say(PING.repeat(5));
            for (int i = 0; i < 4; i++) {
                assertThat(client.hearError().code()).isEqualTo(ErrorCode.INTERNAL);
            }
            assertThat(client.hear()).isEqualTo(Handlers.PONG);
        }
    }

    @Test
    void lateHandlerCostsOneAnswerAndItsOwnIsDropped() throws Exception {
        Held held = new Held();
        ServerLimits limits = ServerLimits.DEFAULT.withAnswer(Duration.ofMillis(200));
        try (RawClient client = new RawClient(start(limits, held).address())) {
            client.say(PING);
            assertThat(client.hearError().code()).isEqualTo(ErrorCode.TIMEOUT);

            held.next().answer().complete(new ErrorReply(ErrorCode.OTHER, "too late"));
            client.say(PING);
            held.next().answer().complete(Handlers.PONG);
            assertThat(client.hear()).isEqualTo(Handlers.PONG);
        }
    }

    @Test
    void closeCallbackRunsExactlyOnceAlsoWhenItComesLate() throws Exception {
        Held held = new Held();
        NodeServer server = start(held);
        AtomicInteger early = new AtomicInteger();
        AtomicInteger late = new AtomicInteger();
        Connection connection;
        try (RawClient client = new RawClient(server.address())) {
            client.say(PING);
            Held.Asked asked = held.next();
            connection = asked.connection();
            connection.onClose(early::incrementAndGet);
            connection.onClose(() -> {
                throw new IllegalStateException("thrown on purpose by a test");
            });
            asked.answer().complete(Handlers.PONG);
            assertThat(client.hear()).isEqualTo(Handlers.PONG);
            assertThat(early).hasValue(0);
        }
        await().atMost(SOON).until(() -> early.get() == 1);
        connection.onClose(late::incrementAndGet);
        await().atMost(SOON).until(() -> late.get() == 1);
        server.close();
        connection.onClose(late::incrementAndGet);
        connection.close();
        connection.send(Handlers.PONG);

        assertThat(early).hasValue(1);
        assertThat(late).hasValue(2);
    }

    @Test
    void keptConnectionMayBeSilentWhileOthersMayNot() throws Exception {
        ServerLimits hasty = ServerLimits.DEFAULT.withPatience(Duration.ofMillis(300), Duration.ofMillis(300),
                Duration.ofMillis(300));
        Held held = new Held();
        NodeServer server = start(hasty, held);
        try (RawClient guest = new RawClient(server.address()); RawClient other = new RawClient(server.address())) {
            guest.say(PING);
            Held.Asked asked = held.next();
            asked.connection().keep();
            asked.answer().complete(Handlers.PONG);
            assertThat(guest.hear()).isEqualTo(Handlers.PONG);

            for (int silences = 0; silences < 3; silences++) {
                try (RawClient silent = new RawClient(server.address())) {
                    assertThat(silent.hearError().code()).isEqualTo(ErrorCode.TIMEOUT);
                }
            }
            asked.connection().send(Handlers.PONG);
            assertThat(guest.hear()).isEqualTo(Handlers.PONG);
            assertThat(other.hearError().code()).isEqualTo(ErrorCode.TIMEOUT);
            guest.say("{\"v\":1");
            assertThat(guest.hearError().code()).isEqualTo(ErrorCode.TIMEOUT);
        }
    }

    @Test
    void connectionClosedByTheHandlerEndsAfterWhatWasSaid() throws Exception {
        RequestHandler handler = (request, connection) -> {
            connection.send(Handlers.PONG);
            connection.close();
            return new CompletableFuture<Pong>();
        };
        try (RawClient client = new RawClient(start(handler).address())) {
            client.say(PING);
            assertThat(client.hear()).isEqualTo(Handlers.PONG);
            assertThat(client.hear()).isNull();
        }
    }

    @Test
    void stoppedServerHasClosedItsConnectionsAndFreedItsPort() throws Exception {
        for (int round = 0; round < 20; round++) {
            NodeServer first = start(Handlers::pong);
            AtomicInteger listenersClosed = new AtomicInteger();
            first.listenerClosed().thenRun(listenersClosed::incrementAndGet);
            try (RawClient client = new RawClient(first.address())) {
                assertThat(client.say(PING).hear()).isEqualTo(Handlers.PONG);
                first.close();
                first.close();
                assertThat(first.stop().toCompletableFuture()).isCompleted();
                assertThat(listenersClosed).hasValue(1);
                assertThat(client.hear()).isNull();
            }
            NodeServer second = NodeServer.start("test-wire", first.address(), ServerLimits.DEFAULT, Handlers::pong);
            second.close();
        }
    }

    @Test
    void serverMayBeClosedByItsOwnHandler() throws Exception {
        CompletableFuture<NodeServer> self = new CompletableFuture<>();
        NodeServer server = start((request, connection) -> {
            self.join().close();
            return CompletableFuture.completedFuture(Handlers.PONG);
        });
        self.complete(server);
        try (RawClient client = new RawClient(server.address())) {
            client.say(PING);
            server.stop().toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void takenPortIsAFailureThatNamesItAndTheWayOut() {
        Endpoint taken = start(Handlers::pong).address();

        assertThatThrownBy(() -> NodeServer.start("test-wire", taken, ServerLimits.DEFAULT, Handlers::pong))
                .isInstanceOf(BindFailedException.class)
                .hasMessageContainingAll(taken.toString(), "in use", "another port");
        assertThatThrownBy(() -> NodeServer.start("test-wire", new Endpoint("192.0.2.1", 0), ServerLimits.DEFAULT,
                Handlers::pong)).hasMessageContainingAll("192.0.2.1:0", "not one of this machine");
        assertThatThrownBy(() -> NodeServer.start("test-wire", new Endpoint("nobody.invalid", 0),
                ServerLimits.DEFAULT, Handlers::pong)).hasMessageContainingAll("nobody.invalid:0", "not known");
    }
}
