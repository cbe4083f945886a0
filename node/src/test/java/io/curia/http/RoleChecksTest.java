package io.curia.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.curia.model.MemberKind;
import io.curia.model.Role;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What load balancers and supervisors are told of a node in each state. */
class RoleChecksTest extends ServedFixture {

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
}
