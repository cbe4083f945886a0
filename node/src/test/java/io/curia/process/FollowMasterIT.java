package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.curia.deployment.SliceServer;
import io.curia.deployment.Yaml;
import io.curia.model.Cause;
import io.curia.model.MasterRecord;
import io.curia.model.Switchover;
import io.curia.model.Tenure;
import io.curia.runtime.ClusterNode;
import io.curia.runtime.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node as Kubernetes' manifest runs it, whose hooks write the record by which the master's Service finds it. */
class FollowMasterIT {

    private static final Path HOOKS = Path.of("../docker/image").toAbsolutePath().normalize();
    private static final Path MANIFEST = Path.of("src/dist/kubernetes/nodes.yaml");
    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/prod/endpointslices";
    private static final String SLICE = SLICES + "/curia-master";

    @TempDir
    private Path scratch;

    private TestCluster cluster;
    private SliceServer kubernetes;

    @BeforeEach
    void start() throws IOException {
        assumeThat(Stream.of("/usr/bin/curl", "/bin/curl").map(Path::of)).as("curl is installed")
                .anyMatch(Files::isExecutable);
        kubernetes = SliceServer.start(scratch);
        cluster = TestCluster.start();
    }

    @AfterEach
    void stop() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
        if (kubernetes != null) {
            kubernetes.close();
        }
    }

    /** What the manifest sets, and what Kubernetes puts in place of the values that it leaves open. */
    private Map<String, String> variables() throws IOException {
        Map<String, String> variables = new HashMap<>();
        for (Yaml variable : Yaml.read(MANIFEST).get(0).at("spec/template/spec/containers/0/env").each()) {
            variables.put(variable.at("name").text(), variable.at("value").text());
        }
        variables.putAll(Map.of("CURIA_ID", "curia-0", "POD_IP", "10.0.0.10", "POD_NAMESPACE", "prod",
                "KUBERNETES_API", kubernetes.url(), "SERVICE_ACCOUNT_DIR", scratch.toString(),
                "PATH", HOOKS + ":" + System.getenv("PATH")));
        variables.putAll(Map.of("CURIA_ZOOKEEPER", cluster.connectString(), "CURIA_CLUSTER", cluster.name(),
                "CURIA_SESSION_TIMEOUT", "4s", "CURIA_PORT", "0", "CURIA_HTTP_PORT", "0"));
        variables.remove("CURIA_ADVERTISE");
        return variables;
    }

    private void awaitAddresses(String... addresses) {
        Awaitility.await().atMost(RunningNode.PATIENCE).untilAsserted(() ->
                assertThat(kubernetes.addresses()).as(kubernetes.asked().toString()).containsExactly(addresses));
    }

    private void stepDown() {
        cluster.withStore(store -> {
            MasterRecord record = store.master();
            Tenure tenure = record.tenure().orElseThrow();
            Instant now = Instant.now();
            store.putSwitchover(store.intents().switchover().saying(new Switchover("a-wish", tenure.id(),
                    tenure.epoch(), Optional.empty(), Cause.STEP_DOWN, false, now, now.plusSeconds(60), Duration.ZERO,
                    "operator", "test", now, Optional.empty())), record.version());
            return null;
        });
    }

    @Test
    void theServiceFollowsANodeThatBecomesMasterStepsDownAndSucceedsAnother() throws Exception {
        kubernetes.failNext(2);
        try (RunningNode node = RunningNode.start(scratch, variables(), "--data-dir",
                scratch.resolve("data").toString())) {
            node.awaitReady().awaitMaster();
            awaitAddresses("10.0.0.10");
            assertThat(kubernetes.asked()).as("it tried until it was heard").startsWith(
                    "GET " + SLICE + " 503", "GET " + SLICE + " 503", "GET " + SLICE + " 404");

            ClusterNode other = cluster.started("other");
            stepDown();
            awaitAddresses();
            assertThat(kubernetes.slice()).contains("\"curia.io/id\":\"curia-0\"");

            other.stop().join();
            awaitAddresses("10.0.0.10");
            assertThat(kubernetes.slice()).contains("\"curia.io/epoch\":\"3\"");
            assertThat(kubernetes.asked()).as("what the manifests' Role permits").allMatch(request ->
                    request.matches("(GET|PUT) " + SLICE + " \\d+|POST " + SLICES + " \\d+"));
        }
    }
}
