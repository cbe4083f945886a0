package io.curia.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.zookeeper.ServerSight.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server is asked what it is, and how it is set up. */
class EnsembleInspectionIT {

    @TempDir
    private Path scratch;
    private TestingServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestingServer();
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    @Test
    void aServerSaysWhatItIs() {
        ServerSight sight = EnsembleInspection.server(server.getConnectString(), Duration.ofSeconds(5));

        assertThat(sight.state()).as(sight.toString()).isEqualTo(State.STANDALONE);
        assertThat(sight.version().orElseThrow()).startsWith("3.9.");
    }

    @Test
    void theBoundsOfSessionsAreThoseThatItGrants() {
        EnsembleSight sight = EnsembleInspection.look(ZooKeeperSettings.of(server.getConnectString(), "none"));

        assertThat(sight.shortestSession().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
        assertThat(sight.longestSession().orElseThrow()).isLessThan(Duration.ofMinutes(10))
                .isGreaterThan(sight.shortestSession().orElseThrow());
        assertThat(sight.servers()).hasValue(1);
        assertThat(sight.openTo()).isEmpty();
    }

    @Test
    void recordsThatAnybodyMayChangeAreTold() throws IOException {
        ZooKeeperSettings open = ZooKeeperSettings.of(server.getConnectString(), "open");
        Path auth = Files.writeString(scratch.resolve("auth"), "ann:secret-of-ann");
        ZooKeeperSettings closed = new ZooKeeperSettings(open.connect(), open.root(), "closed", open.sessionTimeout(),
                open.connectTimeout(), Optional.of(auth), Optional.empty());
        for (ZooKeeperSettings settings : new ZooKeeperSettings[] {open, closed}) {
            try (ZooKeeperConnection connection = ZooKeeperConnection.forTool(settings)) {
                connection.store().init();
            }
        }

        assertThat(EnsembleInspection.look(open).openTo()).contains("/curia/open/master", "/curia/open/roster");
        assertThat(EnsembleInspection.look(closed).openTo()).isEmpty();
    }

    @Test
    void aChrootThatANodeCannotMakeIsTold() {
        ZooKeeperSettings plain = ZooKeeperSettings.of(server.getConnectString(), "none");

        assertThat(EnsembleInspection.missingAboveChroot(plain)).isEmpty();
        assertThat(EnsembleInspection.missingAboveChroot(plain.withConnect(plain.connect() + "/a"))).isEmpty();
        assertThat(EnsembleInspection.missingAboveChroot(plain.withConnect(plain.connect() + "/a/b/c")))
                .contains("/a/b");
        assertThat(EnsembleInspection.missingAboveChroot(plain.withConnect(plain.connect() + "/zookeeper/b")))
                .isEmpty();
    }

    @Test
    void whatIsNotThereTellsNothing() throws IOException {
        String address = server.getConnectString();
        server.close();

        assertThat(EnsembleInspection.look(ZooKeeperSettings.of(address, "none")
                .withConnectTimeout(Duration.ofMillis(300)))).isEqualTo(EnsembleSight.NOTHING);
    }
}
