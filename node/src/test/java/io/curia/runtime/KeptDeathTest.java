package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.Finding;
import io.curia.model.Endpoint;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Priority;
import io.curia.wire.NodeServer;
import io.curia.wire.ServerLimits;
import io.curia.wire.message.ErrorCode;
import io.curia.wire.message.ErrorReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that ran a command is dead when nothing of the command is left, which its keeper's port tells. */
class KeptDeathTest {

    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);
    private static final NodeId ID = NodeId.of("n1");

    private final NodeServer server = NodeServer.start("test-kept", ANY_PORT, ServerLimits.DEFAULT,
            (request, connection) -> CompletableFuture.completedStage(new ErrorReply(ErrorCode.INVALID, "a test")));
    private final Sightings sightings = new Sightings(server.probe());

    @AfterEach
    void stop() {
        server.close();
    }

    private static ServerSocket open() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = open()) {
            return socket.getLocalPort();
        }
    }

    private Finding look(int port, Optional<Integer> keeper, Optional<InetSocketAddress> at) throws Exception {
        Member suspect = new Member(ID, Incarnation.of(1, 1), new Endpoint("127.0.0.1", port), MemberKind.CANDIDATE, 1,
                "box", "test", Instant.EPOCH, Map.of(), Optional.empty(), Priority.DEFAULT, keeper);
        return sightings.look(suspect, at).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void itIsNotProvenDeadWhileItsKeeperListens() throws Exception {
        int port = freePort();
        try (ServerSocket keeper = open()) {
            assertThat(look(port, Optional.of(keeper.getLocalPort()), Optional.empty())).isNotEqualTo(Finding.REFUSED);
            assertThat(look(port, Optional.of(keeper.getLocalPort()),
                    Optional.of(new InetSocketAddress("127.0.0.1", port)))).isNotEqualTo(Finding.REFUSED);
        }
    }

    @Test
    void itIsOnceTheKeeperRefusesToo() throws Exception {
        assertThat(look(freePort(), Optional.of(freePort()), Optional.empty())).isEqualTo(Finding.REFUSED);
    }

    @Test
    void whoKeepsNothingIsDeadAtOnce() throws Exception {
        assertThat(look(freePort(), Optional.empty(), Optional.empty())).isEqualTo(Finding.REFUSED);
    }
}
