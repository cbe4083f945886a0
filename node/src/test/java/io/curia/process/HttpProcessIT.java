package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.cli.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Nodes as real processes, asked over HTTP through a change of master. */
class HttpProcessIT {

    private static final Pattern ADDRESS = Pattern.compile("(?m)^http id=\\S+ address=(http://127\\.0\\.0\\.1:\\d+/)$");
    /** What a load balancer waits for; a frozen node does not answer in time. */
    private static final Duration CHECK = Duration.ofSeconds(2);

    @AutoClose
    private final ProcessCluster cluster = ProcessCluster.start();
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(CHECK).build();

    private static String addressOf(RunningNode node) {
        return node.awaitSaid(ADDRESS).group(1);
    }

    /** Returns the status of an answer, 0 if there is none in time. */
    private int status(RunningNode node, String path) {
        try {
            return get(addressOf(node) + path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private HttpResponse<String> get(String url) throws IOException {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(url)).timeout(CHECK).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void await(RunningNode node, String path, int status) {
        Awaitility.await().atMost(RunningNode.PATIENCE).until(() -> status(node, path) == status);
    }

    @Test
    void aMasterThatWasFrozenAnswersNoFromItsFirstInstructionOnAndTheNewOneYes() throws Exception {
        RunningNode old = cluster.member("n1", "--http-port", "0");
        await(old, "master", 200);
        RunningNode successor = cluster.member("n2", "--http-port", "0");
        assertThat(List.of(status(old, "master"), status(successor, "master"), status(successor, "standby"),
                status(successor, "readyz"), status(successor, "startupz"))).containsExactly(200, 503, 200, 200, 200);
        Awaitility.await().atMost(RunningNode.PATIENCE).untilAsserted(() ->
                assertThat(get(addressOf(successor) + "sd").body()).contains(hostAndPort(old), hostAndPort(successor)));

        old.signal("STOP");
        await(successor, "master", 200);
        assertThat(status(old, "master")).isZero();
        old.signal("CONT");

        List<Integer> answers = new ArrayList<>();
        Awaitility.await().atMost(RunningNode.PATIENCE).pollInSameThread().until(() -> {
            answers.add(status(old, "master"));
            return status(old, "standby") == 200;
        });
        assertThat(answers).containsOnly(503);
        assertThat(status(successor, "master")).isEqualTo(200);
        assertThat(get(addressOf(old) + "master").headers().firstValue("Curia-Epoch")).contains("2");
        assertThat(get(addressOf(successor) + "history").body()).contains("\"endCause\"");
        try (Stream<String> told = client.send(HttpRequest.newBuilder(URI.create(addressOf(old) + "events?since=-1"))
                .build(), HttpResponse.BodyHandlers.ofLines()).body()) {
            assertThat(told.anyMatch(line -> line.contains("\"MASTER_ELECTED\"") && line.contains("\"epoch\":2")))
                    .isTrue();
        }
    }

    private static String hostAndPort(RunningNode node) {
        return URI.create(addressOf(node)).getAuthority();
    }

    @Test
    void aPortThatIsTakenEndsTheProgramAsItsOwnPortDoes() throws Exception {
        RunningNode first = cluster.member("n1", "--http-port", "0");

        RunningNode second = cluster.start("--id", "n2", "--port", "0", "--http-port",
                Integer.toString(URI.create(addressOf(first)).getPort()));

        assertThat(second.awaitExit()).isEqualTo(ExitCode.UNEXPECTED.code());
        assertThat(second.said()).contains("ended FAILED: http: cannot listen on", "in use");
    }
}
