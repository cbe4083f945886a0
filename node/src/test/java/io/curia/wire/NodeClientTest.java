package io.curia.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.curia.model.Endpoint;
import io.curia.model.NodeId;
import io.curia.wire.NoAnswerException.Kind;
import io.curia.wire.message.MembersRequest;
import io.curia.wire.message.Ping;
import io.curia.wire.message.Reply;
import io.curia.wire.message.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both clients tell the same story of an answer, and of each way to get none. */
final class NodeClientTest {

    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);
    private static final AskTimeouts PATIENT = AskTimeouts.of(Duration.ofSeconds(20));
    private static final AskTimeouts HASTY = AskTimeouts.of(Duration.ofMillis(200));

    private NodeServer node;

    /** The two ways to ask. */
    enum Way {
        BLOCKING {
            @Override
            Reply ask(NodeServer node, Endpoint address, Request request, AskTimeouts timeouts) {
                return BlockingNodeClient.ask(address, request, timeouts);
            }
        },
        ON_THE_PORTS_THREAD {
            @Override
            Reply ask(NodeServer node, Endpoint address, Request request, AskTimeouts timeouts) {
                try {
                    return node.client().ask(address, request, timeouts).toCompletableFuture().join();
                } catch (CompletionException e) {
                    throw (NoAnswerException) e.getCause();
                }
            }
        };

        abstract Reply ask(NodeServer node, Endpoint address, Request request, AskTimeouts timeouts);
    }

    /** A peer that accepts one connection and does to it what a test wants. */
    private static final class Peer implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final CompletableFuture<Void> served;

        private interface Behaviour {
            void serve(Socket client) throws IOException;
        }

        Peer(Behaviour behaviour) throws IOException {
            served = CompletableFuture.runAsync(() -> {
                try (Socket client = listener.accept()) {
                    behaviour.serve(client);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        static Peer saying(String answer) throws IOException {
            return new Peer(client -> {
                client.getInputStream().read();
                client.getOutputStream().write(answer.getBytes(UTF_8));
                client.getInputStream().readAllBytes();
            });
        }

        Endpoint address() {
            return new Endpoint("127.0.0.1", listener.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            listener.close();
            served.exceptionally(ended -> null).orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    @BeforeEach
    void start() {
        node = NodeServer.start("test-wire", ANY_PORT, ServerLimits.DEFAULT, (request, connection) ->
                request instanceof MembersRequest
                        ? CompletableFuture.completedFuture(Handlers.named(request))
                        : Handlers.pong(request, connection));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private NoAnswerException failure(Way way, Endpoint address, AskTimeouts timeouts) {
        return catchThrowableOfType(NoAnswerException.class, () -> way.ask(node, address, new Ping(), timeouts));
    }

    @ParameterizedTest
    @EnumSource
    void nodeAnswers(Way way) {
        assertThat(way.ask(node, node.address(), new Ping(), PATIENT)).isEqualTo(Handlers.PONG);
    }

    @ParameterizedTest
    @EnumSource
    void hostNamesAreResolved(Way way) {
        Endpoint byName = new Endpoint("localhost", node.address().port());

        assertThat(way.ask(node, byName, new Ping(), PATIENT)).isEqualTo(Handlers.PONG);
    }

    @ParameterizedTest
    @EnumSource
    void portNobodyListensOnIsRefused(Way way) throws IOException {
        Endpoint free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = new Endpoint("127.0.0.1", socket.getLocalPort());
        }
        NoAnswerException failure = failure(way, free, PATIENT);

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessage(free + ": connection refused");
        assertThat(failure.address()).isEqualTo(free);
    }

    @ParameterizedTest
    @EnumSource
    void unknownHostIsNotUnreachable(Way way) {
        assertThat(failure(way, new Endpoint("nobody.invalid", 8001), PATIENT).kind()).isEqualTo(Kind.UNKNOWN_HOST);
    }

    @ParameterizedTest
    @EnumSource
    void networkWithoutAWayIsUnreachable(Way way) {
        assertThat(failure(way, new Endpoint("255.255.255.255", 8001), PATIENT).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @ParameterizedTest
    @EnumSource
    void listenerThatNeverAcceptsTimesOut(Way way) throws IOException {
        // Connected by the kernel, never answered: what a stopped process looks like.
        try (ServerSocket frozen = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Endpoint address = new Endpoint("127.0.0.1", frozen.getLocalPort());

            assertThat(failure(way, address, HASTY).kind()).isEqualTo(Kind.TIMEOUT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answerThatTricklesInTimesOut(Way way) throws IOException {
        try (Peer peer = new Peer(client -> {
            client.getOutputStream().write('{');
            while (client.getInputStream().available() >= 0) {
                client.getOutputStream().write(' ');
            }
        })) {
            assertThat(failure(way, peer.address(), HASTY).kind()).isIn(Kind.TIMEOUT, Kind.PROTOCOL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectionClosedBeforeTheAnswerIsClosed(Way way) throws IOException {
        try (Peer peer = new Peer(client -> client.getInputStream().read())) {
            assertThat(failure(way, peer.address(), PATIENT).kind()).isEqualTo(Kind.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectionResetBeforeTheAnswerIsClosed(Way way) throws IOException {
        try (Peer peer = new Peer(client -> client.setSoLinger(true, 0))) {
            assertThat(failure(way, peer.address(), PATIENT).kind()).isEqualTo(Kind.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoReplyIsAProtocolFailure(Way way) throws IOException {
        for (String nonsense : List.of("SSH-2.0-OpenSSH_9.2\r\n", "{\"v\":1,\"type\":\"pnig\"}\n", "{}\n",
                "{\"pad\":\"" + "x".repeat(70_000))) {
            try (Peer peer = Peer.saying(nonsense)) {
                assertThat(failure(way, peer.address(), PATIENT).kind()).isEqualTo(Kind.PROTOCOL);
            }
        }
    }

    @Test
    void openConnectionMayBeAskedAgainAndAgain() {
        try (BlockingNodeClient client = BlockingNodeClient.connect(node.address(), PATIENT.connect())) {
            for (int i = 0; i < 100; i++) {
                String id = "n" + i;
                Reply reply = client.ask(new MembersRequest(Optional.of(NodeId.of(id))), PATIENT.total());
                assertThat(reply.toString()).contains(id);
            }
        }
    }

    @Test
    void manyQuestionsAtOnceEachGetTheirOwnAnswer() {
        List<CompletionStage<Reply>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            MembersRequest request = new MembersRequest(Optional.of(NodeId.of("n" + i)));
            answers.add(node.client().ask(node.address(), request, PATIENT));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(answers.get(i).toCompletableFuture().join().toString()).contains("n" + i);
        }
    }

    @Test
    void questionsOutstandingWhenTheServerStopsFailAtOnce() throws IOException {
        try (ServerSocket frozen = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Endpoint address = new Endpoint("127.0.0.1", frozen.getLocalPort());
            CompletableFuture<Reply> before = node.client().ask(address, new Ping(), PATIENT).toCompletableFuture();
            node.close();
            CompletableFuture<Reply> after = node.client().ask(address, new Ping(), PATIENT).toCompletableFuture();

            for (CompletableFuture<Reply> outstanding : List.of(before, after)) {
                assertThatThrownBy(outstanding::join).cause()
                        .isInstanceOfSatisfying(NoAnswerException.class,
                                failure -> assertThat(failure.kind()).isEqualTo(Kind.CLOSED));
            }
        }
    }
}
