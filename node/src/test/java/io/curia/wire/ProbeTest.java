package io.curia.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Endpoint;
import io.curia.model.Incarnation;
import io.curia.wire.ProbeResult.Sight;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One look, and what it is called. */
final class ProbeTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final ProbeTimeouts PATIENT = new ProbeTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20));
    private static final ProbeTimeouts HASTY = new ProbeTimeouts(Duration.ofMillis(100), Duration.ofMillis(50));

    private LifelineNode looker;

    @BeforeEach
    void start() {
        looker = LifelineNode.start("n1");
    }

    @AfterEach
    void stop() {
        looker.close();
    }

    private ProbeResult look(InetSocketAddress at, ProbeTimeouts timeouts) {
        return look(at, null, timeouts);
    }

    private ProbeResult look(InetSocketAddress at, InetSocketAddress from, ProbeTimeouts timeouts) {
        return looker.server().probe().look(at, from, timeouts).toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(LOOPBACK, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    /** What a peer that accepts once and does {@code behaviour} looks like. */
    private ProbeResult sightOf(Behaviour behaviour, ProbeTimeouts timeouts) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 50, LOOPBACK)) {
            CompletableFuture<ProbeResult> seen = looker.server().probe().look(at(listener.getLocalPort()), timeouts)
                    .toCompletableFuture();
            try (Socket accepted = listener.accept()) {
                behaviour.serve(accepted);
            }
            return seen.orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    private interface Behaviour {
        void serve(Socket accepted) throws IOException;
    }

    private static Behaviour saying(String line) {
        return accepted -> {
            accepted.getInputStream().read();
            accepted.getOutputStream().write(line.getBytes(UTF_8));
            accepted.getInputStream().readAllBytes();
        };
    }

    @Test
    void runningNodeSaysWhichIncarnationItIs() {
        for (Incarnation incarnation : List.of(LifelineNode.FIRST, LifelineNode.SECOND)) {
            try (LifelineNode other = new LifelineNode("n2", incarnation,
                    new Endpoint("127.0.0.1", 0), ServerLimits.DEFAULT)) {
                ProbeResult seen = look(at(other.address().port()), PATIENT);

                assertThat(seen.sight()).isEqualTo(Sight.ANSWERED);
                assertThat(seen.pong().orElseThrow().incarnation()).isEqualTo(incarnation);
            }
        }
    }

    @Test
    void portNobodyListensOnIsRefused() throws IOException {
        assertThat(look(at(freePort()), PATIENT).sight()).isEqualTo(Sight.REFUSED);
    }

    @Test
    void closedListenerIsRefusedThoughConnectionsStand() throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, LOOPBACK);
        try (Socket standing = new Socket(LOOPBACK, listener.getLocalPort()); Socket accepted = listener.accept()) {
            listener.close();

            assertThat(look(at(standing.getPort()), PATIENT).sight()).isEqualTo(Sight.REFUSED);
            assertThat(accepted.isConnected()).isTrue();
        }
    }

    @Test
    void acceptedAndClosedOrResetIsHungUp() throws IOException {
        assertThat(sightOf(accepted -> accepted.getInputStream().read(), PATIENT).sight()).isEqualTo(Sight.HUNG_UP);
        assertThat(sightOf(accepted -> accepted.setSoLinger(true, 0), PATIENT).sight()).isEqualTo(Sight.HUNG_UP);
        assertThat(sightOf(accepted -> accepted.getOutputStream().write('{'), PATIENT).sight())
                .isEqualTo(Sight.HUNG_UP);
    }

    @Test
    void acceptedByTheKernelAloneIsSilent() throws IOException {
        try (ServerSocket frozen = new ServerSocket(0, 50, LOOPBACK)) {
            assertThat(look(at(frozen.getLocalPort()), HASTY).sight()).isEqualTo(Sight.SILENT);
        }
    }

    @Test
    void nodeThatIsTooBusyToSayWhoItIsIsSilentAndNoStranger() throws IOException {
        ProbeResult seen = sightOf(saying("{\"v\":1,\"type\":\"error\",\"code\":\"BUSY\",\"detail\":\"full\"}\n"),
                PATIENT);

        assertThat(seen.sight()).isEqualTo(Sight.SILENT);
        assertThat(seen.detail()).contains("BUSY");
    }

    @Test
    void otherProtocolsAndEchoesAreStrangers() throws IOException {
        for (String line : List.of("SSH-2.0-OpenSSH_9.2\r\n", "{}\n", RawClient.PING,
                "{\"v\":1,\"type\":\"goodbye\"}\n", "{\"v\":1,\"type\":\"refused\",\"reason\":\"BUSY\"}\n")) {
            assertThat(sightOf(saying(line), PATIENT).sight()).as(line).isEqualTo(Sight.STRANGER);
        }
    }

    @Test
    void addressWithoutAWayIsUnreachable() throws IOException {
        assertThat(look(new InetSocketAddress(InetAddress.getByName("255.255.255.255"), 8001), PATIENT).sight())
                .isEqualTo(Sight.UNREACHABLE);
        assertThat(look(InetSocketAddress.createUnresolved("nobody.invalid", 8001), PATIENT).sight())
                .isEqualTo(Sight.UNREACHABLE);
    }

    /** A listener whose queue is full answers no attempt to connect, as a host that is gone does not. */
    @Test
    void attemptThatIsNotAnsweredIsUnreachable() throws IOException {
        List<Socket> queued = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, LOOPBACK)) {
            while (queued.size() < 100 && connects(full.getLocalPort(), queued)) {
                assertThat(queued).isNotEmpty();
            }
            assertThat(look(at(full.getLocalPort()), HASTY).sight()).isEqualTo(Sight.UNREACHABLE);
        } finally {
            for (Socket socket : queued) {
                socket.close();
            }
        }
    }

    private static boolean connects(int port, List<Socket> queued) throws IOException {
        Socket socket = new Socket();
        queued.add(socket);
        try {
            socket.connect(at(port), 200);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** The system may choose the very port that is looked at for this end, and TCP connects it to itself. */
    @Test
    void connectionToItselfIsNoAnswerAndLeavesThePortFree() throws IOException {
        int port = freePort();
        ProbeResult seen = look(at(port), at(port), PATIENT);

        assertThat(seen.sight()).isEqualTo(Sight.HUNG_UP);
        assertThat(seen.detail()).contains("came back");
        // The result is known a moment before the socket is gone; without the reset it would linger for a minute.
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> canBeBound(port));
        assertThat(look(at(port), PATIENT).sight()).isEqualTo(Sight.REFUSED);
    }

    private static boolean canBeBound(int port) throws IOException {
        try (ServerSocket owner = new ServerSocket()) {
            owner.setReuseAddress(false);
            owner.bind(at(port));
            return true;
        } catch (BindException e) {
            return false;
        }
    }

    @Test
    void whatThisHostCannotDoIsNoEvidence() {
        InetSocketAddress notMine = new InetSocketAddress("192.0.2.1", 0);

        assertThat(look(at(looker.address().port()), notMine, PATIENT).sight()).isEqualTo(Sight.SILENT);
        looker.close();
        assertThat(look(at(looker.address().port()), PATIENT).sight()).isEqualTo(Sight.SILENT);
    }

    @Test
    void lookFromThePortsThreadIsOnItsWayAtOnce() throws Exception {
        CompletableFuture<Sight> seen = new CompletableFuture<>();
        int port = freePort();
        looker.server().probe().look(at(port), PATIENT).thenCompose(first ->
                looker.server().probe().look(at(port), PATIENT)).thenAccept(second -> seen.complete(second.sight()));

        assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo(Sight.REFUSED);
    }
}
