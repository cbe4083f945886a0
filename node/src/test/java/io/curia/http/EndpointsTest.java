package io.curia.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.curia.model.Endpoint;
import io.curia.model.EventType;
import io.curia.port.BindFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each path answers, and what the port does with questions that it cannot answer. */
class EndpointsTest extends ServedFixture {

    @ParameterizedTest
    @ValueSource(strings = {"/master", "/cluster", "/history", "/sd", "/", "/nothing"})
    void headSaysTheSameWithoutTheBody(String path) throws IOException {
        RawHttp.Heard whole = get(path);
        RawHttp.Heard head = RawHttp.ask(http.address(), "HEAD", path);

        assertThat(head.status()).isEqualTo(whole.status());
        assertThat(head.headers().get("content-length")).isEqualTo(whole.headers().get("content-length"));
        try (RawHttp client = new RawHttp(http.address())) {
            client.say("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").hear(false);
            // Were there a body after it, the next answer would not begin here.
            assertThat(client.ask("/master").hear().status()).isEqualTo(503);
        }
    }

    @Test
    void optionsChecksARoleAndTellsTheMethodsOfTheOthers() throws IOException {
        node.makeMaster();
        assertThat(RawHttp.ask(http.address(), "OPTIONS", "/master").status()).isEqualTo(200);
        assertThat(RawHttp.ask(http.address(), "OPTIONS", "/standby").status()).isEqualTo(503);

        RawHttp.Heard cluster = RawHttp.ask(http.address(), "OPTIONS", "/cluster");
        assertThat(cluster.status()).isEqualTo(204);
        assertThat(cluster.headers()).containsEntry("allow", "GET, HEAD, OPTIONS");
        assertThat(RawHttp.ask(http.address(), "OPTIONS", "*").status()).isEqualTo(204);
    }

    @Test
    void theClusterIsWhatMembersListsAndWhoSaysSo() throws IOException {
        JsonNode cluster = get("/cluster").json();

        assertThat(cluster.fieldNames()).toIterable().containsExactly("apiVersion", "cluster", "uuid", "epoch",
                "master", "members", "pause", "switchover", "asOf", "now", "stale", "node", "lifelines");
        assertThat(cluster.get("members").findValuesAsText("id")).containsExactly("n1", "n2", "n3");
        assertThat(cluster.get("members").findValuesAsText("role")).containsExactly("STANDBY", "MASTER", "STANDBY");
        assertThat(cluster.get("asOf").textValue()).isEqualTo("2026-01-31T11:59:57.000Z");
        assertThat(cluster.get("stale").booleanValue()).isFalse();
        assertThat(cluster.get("node").get("id").textValue()).isEqualTo("n1");
        assertThat(cluster.get("lifelines").toString()).isEqualTo("{\"wanted\":2,\"callers\":1,\"held\":["
                + "{\"id\":\"n2\",\"state\":\"STANDING\"},{\"id\":\"n3\",\"state\":\"OPENING\"}]}");

        node.connected = false;
        node.watch = Optional.empty();
        assertThat(get("/cluster").json().get("stale").booleanValue()).isTrue();
        assertThat(get("/cluster").json().get("lifelines").isNull()).isTrue();
    }

    @Test
    void aClusterThatWasNeverReadIsSaidToBeSo() throws IOException {
        node.view = Optional.empty();

        assertThat(get("/cluster").status()).isEqualTo(503);
        assertThat(get("/sd").json().get("error").textValue()).isEqualTo("UNAVAILABLE");
    }

    @Test
    void theHistoryListsMasterships() throws IOException {
        node.history.record(EventType.MASTER_ELECTED, 1);
        node.history.record(EventType.MASTER_LOST, 1);
        node.history.record(EventType.MASTER_ELECTED, 2);

        JsonNode history = get("/history").json();

        assertThat(history.fieldNames()).toIterable().containsExactly("apiVersion", "cluster", "uuid", "masterships",
                "acts");
        assertThat(history.get("masterships").findValuesAsText("epoch")).containsExactly("1", "2");
    }

    @Test
    void theHistoryIsReadOnceForManyWhoAsk() throws IOException {
        for (int i = 0; i < 20; i++) {
            get("/history");
        }

        assertThat(node.history.readings.get()).isBetween(1, 10);
    }

    @Test
    void aHistoryThatCannotBeReadIsSaidToBeSoAndNoMore() throws IOException {
        node.history.cutOff(true);

        RawHttp.Heard heard = get("/history");

        assertThat(heard.status()).isEqualTo(503);
        assertThat(heard.body()).contains("UNAVAILABLE").doesNotContain("secret");
    }

    @Test
    void membersAreDiscoveredWithTheirRoles() throws IOException {
        node.view = Optional.of(FakeNode.viewOf(Map.of("n1", "127.0.0.1:9101", "n2", "10.0.0.2:9100")));

        JsonNode groups = get("/sd").json();

        assertThat(groups.findValuesAsText("__meta_curia_id")).containsExactly("n1", "n2");
        assertThat(groups.findValuesAsText("__meta_curia_role")).containsExactly("STANDBY", "MASTER");
        assertThat(groups.get(1).get("targets").toString()).isEqualTo("[\"10.0.0.2:9100\"]");
        assertThat(get("/sd?role=master").json().findValuesAsText("__meta_curia_id")).containsExactly("n2");

        node.makeMaster();
        assertThat(get("/sd?role=master").json().findValuesAsText("__meta_curia_id")).containsExactly("n1");
    }

    @Test
    void anAddressThatOnlyItsOwnHostCanReachIsNotHandedToOthers() throws IOException {
        node.view = Optional.of(FakeNode.viewOf(List.of(
                FakeNode.member("n1", Map.of("http", "127.0.0.1:9100"), "elsewhere"),
                FakeNode.member("n2", Map.of("http", "10.0.0.2:9100"), "elsewhere"))));

        assertThat(get("/sd").json().findValuesAsText("__meta_curia_id")).containsExactly("n2");
    }

    @Test
    void peopleGetAPageThatMayDoNothingButWhatStandsInIt() throws IOException {
        assertThat(get("/").headers().get("content-type")).startsWith("text/html");

        http.add("/", question -> Answer.page("<style>b{}</style><script>go()</script>"
                .getBytes(StandardCharsets.UTF_8)).now());
        assertThat(get("/").headers().get("content-type")).startsWith("text/html");
        assertThat(get("/").headers().get("content-security-policy"))
                .contains("default-src 'none'", "script-src 'sha256-", "style-src 'sha256-", "connect-src 'self'");
        assertThat(get("/master").headers().get("content-security-policy")).startsWith("default-src 'none'");
    }

    @Test
    void whatFailsIsSaidToHaveFailedWithoutAWordOfIt() throws IOException {
        http.add("/thrown", question -> {
            throw new IllegalStateException("a secret");
        });
        http.add("/failed", question -> CompletableFuture.failedFuture(new IllegalStateException("a secret")));

        assertThat(get("/thrown").status()).isEqualTo(500);
        assertThat(get("/failed").status()).isEqualTo(500);
        assertThat(get("/failed").body()).doesNotContain("secret");
    }

    @Test
    void anAnswerThatNeverComesIsGivenUp() throws IOException {
        try (NodeHttp hasty = NodeHttp.open(new HttpSettings(new Endpoint("127.0.0.1", 0), Set.of(),
                HttpLimits.DEFAULT.withAnswer(Duration.ofMillis(200))))) {
            hasty.add("/never", question -> new CompletableFuture<>());

            assertThat(RawHttp.get(hasty.address(), "/never").json().get("error").textValue()).isEqualTo("TIMEOUT");
        }
    }

    @Test
    void twoNodesInOneProgramAnswerEachForItself() throws IOException {
        FakeNode other = new FakeNode();
        other.makeMaster();
        try (NodeHttp second = NodeHttp.open(HttpSettings.at("127.0.0.1:0")).serve(other, Clock.systemUTC())) {
            assertThat(RawHttp.get(second.address(), "/master").status()).isEqualTo(200);
            assertThat(status("/master")).isEqualTo(503);
        }
    }

    @Test
    void aPortThatIsTakenIsSaidToBe() {
        assertThatThrownBy(() -> NodeHttp.open(new HttpSettings(http.address(), Set.of(),
                HttpLimits.DEFAULT))).isInstanceOf(BindFailedException.class).hasMessageContaining("in use");
    }

    @Test
    void aPortThatWasClosedIsFree() {
        http.close();

        NodeHttp again = NodeHttp.open(new HttpSettings(http.address(), Set.of(), HttpLimits.DEFAULT));
        again.close();

        assertThat(again.address()).isEqualTo(http.address());
    }
}
