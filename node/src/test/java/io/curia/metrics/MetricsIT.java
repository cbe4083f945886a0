package io.curia.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.curia.model.Role;
import io.curia.runtime.ClusterNode;
import io.curia.runtime.TestCluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What real nodes export, and that everything which is made of it asks for what they export. */
class MetricsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path OBSERVABILITY = Path.of("../docker/observability");
    private static final Path REFERENCE = Path.of("docs/metrics.md");
    /** What Prometheus adds to every sample it scrapes. */
    private static final Set<String> SCRAPED_LABELS = Set.of("job", "instance");

    private final Map<String, PrometheusText> texts = new HashMap<>();
    private TestCluster cluster;

    @BeforeEach
    void startZooKeeper() {
        cluster = TestCluster.start();
    }

    @AfterEach
    void stopEverything() throws Exception {
        cluster.close();
        texts.values().forEach(PrometheusText::close);
    }

    private ClusterNode started(String id) {
        ClusterNode node = cluster.node(id, UnaryOperator.identity());
        texts.put(id, new PrometheusText(node));
        node.start().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        return node;
    }

    private Exposition exported(String id) {
        return Exposition.parse(text(id, Optional.empty()));
    }

    private String text(String id, Optional<String> accept) {
        return new String(texts.get(id).scrape(accept).body(), StandardCharsets.UTF_8);
    }

    @Test
    void aNodeExportsItsPlaceItsMastershipAndItsLink() {
        started("n1");
        Exposition exported = exported("n1");

        assertThat(exported.value("curia_role", "role", "MASTER", "cluster", cluster.name(), "id", "n1")).isEqualTo(1);
        assertThat(exported.of("curia_role")).hasSize(Role.values().length)
                .extracting(Exposition.Sample::value).containsOnlyOnce(1.0);
        assertThat(exported.value("curia_epoch")).isEqualTo(1);
        assertThat(exported.value("curia_master_valid")).isEqualTo(1);
        assertThat(exported.value("curia_master_seen")).isEqualTo(1);
        assertThat(exported.value("curia_master_guard_seconds")).isEqualTo(3);
        assertThat(exported.value("curia_master_validity_seconds")).isBetween(0.1, 3.0);
        assertThat(exported.value("curia_candidate")).isEqualTo(1);
        assertThat(exported.value("curia_build_info", "version", "dev")).isEqualTo(1);
        assertThat(exported.value("curia_zookeeper_connected")).isEqualTo(1);
        assertThat(exported.value("curia_zookeeper_connects_total")).isEqualTo(1);
        assertThat(exported.value("curia_zookeeper_session_timeout_seconds")).isEqualTo(4);
        assertThat(exported.value("curia_zookeeper_request_seconds_count", "operation", "look")).isPositive();
        assertThat(exported.value("curia_loop_turn_seconds_count")).isPositive();
        // What is counted is counted after what is done.
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(exported("n1").value("curia_elections_total", "cause", "FIRST")).isEqualTo(1);
            assertThat(exported("n1").value("curia_zookeeper_request_seconds_count", "operation", "renew"))
                    .isPositive();
        });
    }

    @Test
    void aChangeOfMasterIsCountedByAllAndTimedByTheNewMaster() {
        ClusterNode first = started("n1");
        started("n2");
        ClusterNode third = started("n3");
        first.stop().join();
        String master = cluster.awaitMaster() == third ? "n3" : "n2";
        String other = master.equals("n3") ? "n2" : "n3";

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(exported(master).value("curia_failover_seconds_count", "cause", "LEFT")).isEqualTo(1);
            assertThat(exported(other).value("curia_elections_total", "cause", "LEFT")).isEqualTo(1);
        });
        assertThat(exported(master).value("curia_failover_seconds_sum", "cause", "LEFT")).isBetween(0.0, 10.0);
        assertThat(exported(master).value("curia_elections_total", "cause", "LEFT")).isEqualTo(1);
        assertThat(exported(other).value("curia_failover_seconds_count", "cause", "LEFT")).isZero();
        assertThat(exported(other).value("curia_without_master_seconds_total")).isBetween(0.0, 10.0);
        assertThat(exported("n1").value("curia_masterships_ended_total", "planned", "true")).isEqualTo(1);
        assertThat(exported("n1").value("curia_role", "role", "STOPPED")).isEqualTo(1);
        double letIn = exported("n1").value("curia_joins_total") + exported("n2").value("curia_joins_total");
        assertThat(letIn).isEqualTo(2);
    }

    @Test
    void aJoinThatIsRefusedBeforeItIsUnderstoodIsCountedToo() throws IOException {
        int port = started("n1").state().address().port();
        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), port)) {
            caller.getOutputStream().write("{\"v\":99,\"type\":\"join\"}\n".getBytes(StandardCharsets.UTF_8));
            assertThat(new String(caller.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("VERSION");
        }

        assertThat(exported("n1").value("curia_join_refusals_total", "reason", "VERSION")).isEqualTo(1);
    }

    @Test
    void lifelinesAreExportedByState() {
        started("n1");
        started("n2");

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(exported("n1").value("curia_lifelines", "state", "wanted")).isEqualTo(1);
            assertThat(exported("n1").value("curia_lifelines", "state", "standing")).isEqualTo(1);
            assertThat(exported("n1").value("curia_lifelines", "state", "callers")).isEqualTo(1);
            assertThat(exported("n1").value("curia_members", "status", "LIVE")).isEqualTo(2);
        });
    }

    @Test
    void whoAcceptsOpenMetricsGetsThem() {
        started("n1");

        String accept = "application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
        assertThat(texts.get("n1").scrape(Optional.of(accept)).type()).startsWith("application/openmetrics-text;");
        assertThat(text("n1", Optional.of(accept))).endsWith("# EOF\n").contains("# TYPE curia_elections counter");
        assertThat(texts.get("n1").scrape(Optional.of("*/*")).type()).isEqualTo(
                "text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void anEmbedderCanBindTheNodeToItsOwnRegistryAndTakeItOutAgain() {
        ClusterNode node = cluster.node("n1", UnaryOperator.identity());
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        CuriaMetrics metrics = new CuriaMetrics(node);
        metrics.bindTo(registry);
        node.start().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();

        assertThat(registry.get("curia.master.valid").tag("id", "n1").gauge().value()).isEqualTo(1);
        Awaitility.await().atMost(PATIENCE).until(() ->
                registry.get("curia.elections").tag("cause", "FIRST").counter().count() == 1);

        registry.counter("curia.elections", "cluster", "another", "id", "n1", "cause", "FIRST");
        metrics.close();

        assertThat(registry.getMeters()).singleElement()
                .satisfies(left -> assertThat(left.getId().getTag("cluster")).isEqualTo("another"));
    }

    /** A rule that asks for a metric that nobody exports never fires, and nobody notices. */
    @Test
    void everyAlertAndEveryPanelAsksForWhatIsExported() throws IOException {
        started("n1");
        System.gc();
        Exposition exported = Awaitility.await().atMost(PATIENCE).until(() -> exported("n1"),
                seen -> seen.names().contains("jvm_gc_pause_seconds_sum"));

        List<String> rules = new ArrayList<>();
        JsonNode file = new ObjectMapper(new YAMLFactory())
                .readTree(OBSERVABILITY.resolve("rules/curia.yml").toFile());
        file.get("groups").forEach(group -> group.get("rules").forEach(rule -> {
            rules.add(rule.get("expr").asText());
            Set<String> written = new TreeSet<>(Query.written(rule.get("annotations").toString()));
            requireLabels(exported, rule.get("expr").asText(), written);
        }));
        assertThat(rules).hasSizeGreaterThan(15).allSatisfy(rule -> requireExported(exported, rule));

        JsonNode dashboard = new ObjectMapper().readTree(OBSERVABILITY.resolve("grafana/curia.json").toFile());
        assertThat(dashboard.findValues("targets")).hasSizeGreaterThan(15);
        dashboard.findValues("targets").forEach(targets -> targets.forEach(target -> {
            requireExported(exported, target.get("expr").asText());
            requireLabels(exported, target.get("expr").asText(), Query.written(target.get("legendFormat").asText()));
        }));
        requireExported(exported, dashboard.get("annotations").findValue("expr").asText());
        assertThat(dashboard.get("templating").toString()).contains("label_values(curia_epoch, cluster)");
    }

    private static void requireExported(Exposition exported, String expression) {
        Query query = new Query(expression);
        for (Query.Selector selector : query.selectors()) {
            assertThat(exported.names()).as(expression).contains(selector.metric());
            Map<String, Set<String>> labels = exported.labelsOf(selector.metric());
            for (Query.Filter filter : selector.filters()) {
                if (!SCRAPED_LABELS.contains(filter.label())) {
                    assertThat(labels).as(expression).containsKey(filter.label());
                    if (filter.comparison().equals("=")) {
                        assertThat(labels.get(filter.label())).as(expression).contains(filter.value());
                    }
                }
            }
        }
        requireLabels(exported, expression, query.groupings());
    }

    private static void requireLabels(Exposition exported, String expression, Set<String> labels) {
        Set<String> known = new TreeSet<>(SCRAPED_LABELS);
        new Query(expression).selectors().forEach(selector ->
                known.addAll(exported.labelsOf(selector.metric()).keySet()));
        assertThat(known).as(expression).containsAll(labels);
    }

    @Test
    void theReferenceNamesEveryMetricOfOursAndNoOther() throws IOException {
        started("n1");
        Set<String> families = new TreeSet<>();
        exported("n1").names().stream().filter(name -> name.startsWith("curia_"))
                .forEach(name -> families.add(name.replaceFirst("_(bucket|count|sum|max)$", "")));

        Set<String> documented = new TreeSet<>();
        Matcher row = Pattern.compile("(?m)^\\| `(curia_\\w+)`").matcher(Files.readString(REFERENCE));
        while (row.find()) {
            documented.add(row.group(1));
        }
        assertThat(documented).isEqualTo(families);
    }
}
