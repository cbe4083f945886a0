package io.curia.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.curia.model.Endpoint;
import io.curia.model.EventType;
import io.curia.model.MemberKind;
import io.curia.model.Role;
import io.curia.port.BindFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each path answers about a node in each state. */
class EndpointsTest {

    private final FakeNode node = new FakeNode();
    private NodeHttp http;

    @BeforeEach
    void open() {
        http = NodeHttp.open(HttpSettings.at("127.0.0.1:0")).serve(node, Clock.fixed(FakeNode.NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        http.close();
    }

    private RawHttp.Heard get(String path) throws IOException {
        return RawHttp.get(http.address(), path);
    }

    private int status(String path) throws IOException {
        return get(path).status();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // role   | master standby candidate member readyz livez
        "DETACHED | 503 | 503 | 503 | 503 | 503 | 200",
        "JOINING  | 503 | 503 | 503 | 503 | 503 | 200",
        "STANDBY  | 503 | 200 | 200 | 200 | 200 | 200",
        "ELECTED  | 503 | 200 | 200 | 200 | 200 | 200",
        "MASTER   | 200 | 503 | 200 | 200 | 200 | 200",
        "LEAVING  | 503 | 503 | 503 | 200 | 503 | 200",
        "EVICTED  | 503 | 503 | 503 | 503 | 503 | 200",
        "STOPPED  | 503 | 503 | 503 | 503 | 503 | 503",
    })
    void everyRoleIsAnsweredByItsStatus(Role role, int master, int standby, int candidate, int member, int ready,
            int live) throws IOException {
        if (role == Role.MASTER) {
            node.makeMaster();
        }
        node.role = role;

        assertThat(List.of(status("/master"), status("/standby"), status("/candidate"), status("/member"),
                status("/readyz"), status("/livez"))).containsExactly(master, standby, candidate, member, ready, live);
    }

    /** Nothing is heard of it: the guard runs out, and the next question is answered with no. */
    @Test
    void aMasterWhoseTimeIsUpIsNoneWhateverItsRole() throws IOException {
        node.makeMaster();
        assertThat(status("/master")).isEqualTo(200);

        node.validity = Optional.empty();

        assertThat(node.state().role()).isEqualTo(Role.MASTER);
        assertThat(status("/master")).isEqualTo(503);
        assertThat(RawHttp.ask(http.address(), "HEAD", "/master").status()).isEqualTo(503);
    }

    /** In a planned end the duties are being stopped under a mastership that is still valid. */
    @Test
    void aMasterThatYieldsIsMasterUntilItsDutiesHaveStopped() throws IOException {
        node.makeMaster();
        node.role = Role.YIELDING;

        assertThat(status("/master")).isEqualTo(200);
    }

    @Test
    void aNodeThatIsAsideIsNoCandidate() throws IOException {
        node.aside = Optional.of("drained");
        assertThat(status("/candidate")).isEqualTo(503);
        assertThat(status("/member")).isEqualTo(200);
        assertThat(status("/readyz")).isEqualTo(200);

        node.aside = Optional.empty();
        node.kind = MemberKind.OBSERVER;
        assertThat(status("/candidate")).isEqualTo(503);
    }

    @Test
    void losingZooKeeperIsNoReasonToBeRestartedButNotReady() throws IOException {
        node.connected = false;

        assertThat(status("/readyz")).isEqualTo(503);
        assertThat(status("/candidate")).isEqualTo(503);
        assertThat(status("/livez")).isEqualTo(200);
        assertThat(status("/startupz")).isEqualTo(200);
    }

    @Test
    void aLoopThatIsStuckIsNotLive() throws IOException {
        node.busy = RoleChecks.STUCK.minusMillis(1);
        assertThat(status("/livez")).isEqualTo(200);

        node.busy = RoleChecks.STUCK;
        assertThat(status("/livez")).isEqualTo(503);
    }

    @Test
    void aNodeThatNeverWasAMemberHasNotStarted() throws IOException {
        node.started = false;

        assertThat(status("/startupz")).isEqualTo(503);
    }

    @Test
    void aNodeSaysWhatItIsWithEveryStatus() throws IOException {
        JsonNode standby = get("/master").json();
        assertThat(standby.get("valid").booleanValue()).isFalse();
        assertThat(standby.get("master").textValue()).isEqualTo("n2");
        assertThat(standby.get("epoch").longValue()).isEqualTo(7);
        assertThat(standby.get("guardRemainingMillis").longValue()).isZero();

        node.makeMaster();
        RawHttp.Heard heard = get("/master");
        assertThat(heard.headers()).containsEntry("curia-epoch", "8").containsEntry("cache-control", "no-store")
                .containsEntry("x-content-type-options", "nosniff").containsEntry("content-type", "application/json")
                .containsKey("date").doesNotContainKey("access-control-allow-origin");
        assertThat(heard.json().fieldNames()).toIterable().containsExactly("apiVersion", "id", "cluster", "uuid",
                "kind", "role", "epoch", "valid", "guardRemainingMillis", "master", "member", "candidate", "connected",
                "aside", "incarnation", "address", "viewAsOf");
        assertThat(heard.json().get("guardRemainingMillis").longValue()).isEqualTo(7_211);
        assertThat(heard.json().get("uuid").textValue()).isEqualTo(FakeNode.CLUSTER.uuid());
    }

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
