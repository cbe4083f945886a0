package io.curia.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.curia.model.Endpoint;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program that speaks only the tutorial's message, over a plain socket. */
class GuestsIT {

    private static final NodeId GUEST = NodeId.of("12345");
    private static final String HELLO = "{\"source\":{\"nodeId\":12345,\"nodeIpAddr\":\"127.0.0.1/8\","
            + "\"port\":\"8002\"},\"dest\":{\"nodeId\":-1,\"nodeIpAddr\":\"127.0.0.1\",\"port\":\"8001\"},"
            + "\"message\":\"Hi nody.. please add me to the cluster..\"}\n";

    private TestCluster cluster;

    @BeforeEach
    void startZooKeeper() {
        cluster = TestCluster.start();
    }

    @AfterEach
    void stopEverything() throws Exception {
        cluster.close();
    }

    private static JsonNode say(Socket socket, String line) throws IOException {
        socket.setSoTimeout((int) TestCluster.PATIENCE.toMillis());
        socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        return read(socket);
    }

    private static JsonNode read(Socket socket) throws IOException {
        String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        return line == null ? null : new ObjectMapper().readTree(line);
    }

    private Socket dial(ClusterNode node) throws IOException {
        Endpoint address = node.state().address();
        return new Socket(address.host(), address.port());
    }

    private boolean listed() {
        return cluster.withStore(store -> store.view()).member(GUEST).flatMap(MemberView::live).isPresent();
    }

    @Test
    void theBareMessageIsAnsweredInItsOwnShapeAndMakesAGuest() throws IOException {
        ClusterNode member = cluster.started("n1");
        try (Socket socket = dial(member)) {
            JsonNode answer = say(socket, HELLO);

            assertThat(answer.fieldNames()).toIterable().containsExactly("source", "dest", "message");
            assertThat(answer.at("/source/nodeId").asText()).isEqualTo("n1");
            assertThat(answer.at("/dest/nodeId").isIntegralNumber()).isTrue();
            assertThat(answer.at("/dest/nodeId").asLong()).isEqualTo(12345);
            assertThat(answer.at("/dest/port").isTextual()).isTrue();
            Optional<Member> guest = cluster.withStore(store -> store.live(GUEST));
            assertThat(guest.orElseThrow().kind()).isEqualTo(MemberKind.GUEST);
            assertThat(guest.orElseThrow().sponsor()).contains(NodeId.of("n1"));
        }
    }

    @Test
    void aGuestIsGoneTheMomentItsConnectionCloses() throws IOException {
        ClusterNode member = cluster.started("n1");
        try (Socket socket = dial(member)) {
            say(socket, HELLO);
            assertThat(listed()).isTrue();
        }

        Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> !listed());
        assertThat(cluster.withStore(store -> store.view()).members()).extracting(MemberView::id)
                .containsExactly(NodeId.of("n1"));
    }

    @Test
    void aSecondGuestOfTheSameNameIsRefused() throws IOException {
        ClusterNode member = cluster.started("n1");
        ClusterNode other = cluster.started("n2");
        try (Socket first = dial(member); Socket same = dial(member); Socket elsewhere = dial(other)) {
            say(first, HELLO);

            assertThat(say(same, HELLO).path("reason").asText()).isEqualTo("DUPLICATE_ID");
            assertThat(say(elsewhere, HELLO).path("reason").asText()).isEqualTo("DUPLICATE_ID");
            assertThat(listed()).isTrue();
        }
    }

    @Test
    void aNodesNameIsNoGuestsName() throws IOException {
        ClusterNode member = cluster.started("n1");
        cluster.started("777").stop().join();
        try (Socket socket = dial(member)) {
            assertThat(say(socket, HELLO.replace("12345", "777")).path("reason").asText())
                    .isEqualTo("DUPLICATE_ID");
        }
    }

    @Test
    void whereAJoinSecretIsNeededGuestsAreNotLetInUnlessToldSo() throws IOException {
        JoinSecret secret = JoinSecret.of("a secret of enough characters");
        ClusterNode strict = cluster.node("n1", more -> more.joinSecret(secret));
        strict.start().join();
        ClusterNode open = cluster.node("n2", more -> more.joinSecret(secret).guests(true));
        open.start().join();
        try (Socket atStrict = dial(strict); Socket atOpen = dial(open)) {
            assertThat(say(atStrict, HELLO).path("reason").asText()).isEqualTo("UNAUTHORIZED");
            assertThat(say(atOpen, HELLO).has("reason")).isFalse();
        }
    }

    @Test
    void anEvictedGuestIsToldWhyAndCutOff() throws IOException {
        ClusterNode member = cluster.started("n1");
        try (Socket socket = dial(member)) {
            say(socket, HELLO);

            cluster.evict(GUEST, Optional.empty());

            JsonNode told = read(socket);
            assertThat(told.path("reason").asText()).isEqualTo("EVICTED");
            assertThat(told.path("detail").asText()).contains("operator");
            assertThat(read(socket)).isNull();
        }
    }

    @Test
    void aGuestOutlivesItsSponsorsSession() throws IOException {
        ClusterNode member = cluster.started("n1");
        try (Socket socket = dial(member)) {
            say(socket, HELLO);

            cluster.expireSessionOf(NodeId.of("n1"));

            Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> member.state().isMember() && listed());
        }
    }

    @Test
    void aGuestGoesWithItsSponsor() throws IOException {
        cluster.started("n1");
        ClusterNode sponsor = cluster.started("n2");
        try (Socket socket = dial(sponsor)) {
            say(socket, HELLO);

            sponsor.stop().join();

            assertThat(listed()).isFalse();
            assertThat(read(socket)).isNull();
        }
    }
}
