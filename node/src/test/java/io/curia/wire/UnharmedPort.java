package io.curia.wire;

import static io.curia.wire.RawClient.PING;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Endpoint;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/** A port to which anything may be done, as long as it serves as well as ever when the test is over. */
abstract class UnharmedPort {

    private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);

    private NodeServer server;

    final Endpoint start(ServerLimits limits, RequestHandler handler) {
        server = NodeServer.start("test-wire", ANY_PORT, limits, handler);
        return server.address();
    }

    final Endpoint start() {
        return start(ServerLimits.DEFAULT, Handlers::pong);
    }

    @AfterEach
    void stillServesThenStops() throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            assertThat(client.say(PING).hear()).isNotNull();
        } finally {
            server.close();
        }
    }
}
