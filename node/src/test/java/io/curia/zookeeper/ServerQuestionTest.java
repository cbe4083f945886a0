package io.curia.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.zookeeper.ServerSight.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server's answers, and its silences, are taken for. */
class ServerQuestionTest {

    private static final Duration PATIENCE = Duration.ofMillis(300);

    @ParameterizedTest
    @CsvSource({"leader,LEADER", "follower,FOLLOWER", "standalone,STANDALONE", "observer,OBSERVER"})
    void theModeIsWhatItSays(String mode, State state) {
        assertThat(ServerQuestion.stateIn("Zookeeper version: 3.9.5-x\nMode: " + mode + "\nNode count: 5\n"))
                .isEqualTo(state);
    }

    @Test
    void aServerWithoutAQuorumDoesNotServeAndOneThatMayNotBeAskedIsMute() {
        assertThat(ServerQuestion.stateIn("This ZooKeeper instance is not currently serving requests\n"))
                .isEqualTo(State.NOT_SERVING);
        assertThat(ServerQuestion.stateIn("srvr is not executed because it is not in the whitelist.\n"))
                .isEqualTo(State.MUTE);
        assertThat(ServerQuestion.stateIn("")).isEqualTo(State.MUTE);
    }

    @Test
    void settingsAreReadLineByLine() {
        assertThat(ServerQuestion.settingsIn("clientPort=2181\nmaxClientCnxns=60\nmembership: \nnonsense\n"))
                .isEqualTo(Map.of("clientPort", "2181", "maxClientCnxns", "60"));
    }

    @Test
    void aClosedPortRefusesAndASilentOneIsSilent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(ServerQuestion.put("127.0.0.1:" + silent.getLocalPort(), PATIENCE).state())
                    .isEqualTo(State.SILENT);
        }
        ServerSocket closed = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        closed.close();
        assertThat(ServerQuestion.put("127.0.0.1:" + closed.getLocalPort(), PATIENCE).state()).isEqualTo(State.REFUSED);
    }

    @Test
    void aHostThatIsNotThereIsUnreachable() {
        assertThat(ServerQuestion.put("no-such-host.invalid:2181", PATIENCE).state()).isEqualTo(State.UNREACHABLE);
    }

    @Test
    void serversWithoutAPortHaveTheUsualOne() {
        assertThat(EnsembleInspection.servers(ZooKeeperSettings.of("zk1,zk2:2182/apps", "curia")))
                .containsExactly("zk1:2181", "zk2:2182");
    }
}
