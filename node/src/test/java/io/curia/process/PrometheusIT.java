package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The metrics of real nodes in a real Prometheus, and our rules in its tools. Runs with {@code -Dprometheus=DIRECTORY},
 * which holds the programs {@code prometheus} and {@code promtool} (Debian's package has both in /usr/bin).
 */
@EnabledIfSystemProperty(named = "prometheus", matches = ".+")
class PrometheusIT {

    private static final Path RULES = Path.of("../docker/observability/rules").toAbsolutePath().normalize();
    private static final Pattern HTTP = Pattern.compile("(?m)^http id=\\S+ address=http://(\\S+)/$");
    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private final ProcessCluster cluster = ProcessCluster.start();
    private final HttpClient http = HttpClient.newHttpClient();

    private static String program(String name) {
        return Path.of(System.getProperty("prometheus"), name).toString();
    }

    private RunningNode member(String id) throws IOException {
        return cluster.member(id, "--http-port", "0");
    }

    private static String httpOf(RunningNode node) {
        return node.awaitSaid(HTTP).group(1);
    }

    private void requireSuccess(Path input, String... command) throws Exception {
        Path said = Files.createTempFile(cluster.scratch(), "tool", ".out");
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile())
                .redirectInput(input.toFile()).start();
        assertThat(tool.waitFor()).as(() -> read(said)).isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private JsonNode get(String url) throws IOException, InterruptedException {
        return JSON.readTree(text(url));
    }

    private String text(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString()).body();
    }

    @Test
    void theRulesAndTheirTestsPass() throws Exception {
        Path nothing = Path.of("/dev/null");
        requireSuccess(nothing, program("promtool"), "check", "rules", RULES.resolve("curia.yml").toString());
        requireSuccess(nothing, program("promtool"), "test", "rules", RULES.resolve("curia.test.yml").toString());
        requireSuccess(nothing, program("promtool"), "check", "config", "--syntax-only",
                RULES.resolveSibling("prometheus.yml").toString());
    }

    @Test
    void whatANodeExportsIsWellFormed() throws Exception {
        String address = httpOf(member("n1").awaitMaster());
        String text = text("http://" + address + "/metrics");
        // The tool also has opinions on names, and those of the libraries are theirs.
        Path own = Files.writeString(cluster.scratch().resolve("metrics"), text.lines()
                .filter(line -> line.matches("(# \\w+ )?curia_.*")).collect(Collectors.joining("\n", "", "\n")));

        requireSuccess(own, program("promtool"), "check", "metrics");
    }

    @Test
    void aFailoverIsSeenByPrometheus() throws Exception {
        RunningNode master = member("n1").awaitMaster();
        String targets = Stream.of(master, member("n2"), member("n3"))
                .map(node -> "\"" + httpOf(node) + "\"").collect(Collectors.joining(","));
        Path config = Files.writeString(cluster.scratch().resolve("prometheus.yml"), "global: {scrape_interval: 1s, "
                + "evaluation_interval: 1s}\nrule_files: [\"" + RULES.resolve("curia.yml") + "\"]\nscrape_configs:\n"
                + "  - job_name: curia\n    static_configs: [{targets: [" + targets + "]}]\n");
        String listen = "127.0.0.1:" + freePort();
        Process prometheus = new ProcessBuilder(program("prometheus"), "--config.file=" + config,
                "--storage.tsdb.path=" + cluster.scratch().resolve("data"), "--web.listen-address=" + listen)
                .redirectErrorStream(true).redirectOutput(cluster.scratch().resolve("prometheus.log").toFile()).start();
        try {
            Query query = new Query("http://" + listen);
            query.await("sum(up{job=\"curia\"})", 3);
            query.await("sum(curia_master_valid)", 1);
            query.await("sum(curia_lifelines{state=\"standing\"}) - sum(curia_lifelines{state=\"wanted\"})", 0);
            query.await("sum(curia_lifelines{state=\"standing\"})", 6);

            master.signal("KILL");

            query.await("sum(curia_elections_total{cause=\"CRASH\"})", 2);
            query.await("sum(curia_failover_seconds_count{cause=\"CRASH\"})", 1);
            query.await("sum(curia_master_valid)", 1);
            query.await("max(curia_epoch)", 2);
            query.await("count(ALERTS{alertname=\"CuriaNodeDown\"})", 1);
            assertThat(query.value("sum(curia_failover_seconds_sum{cause=\"CRASH\"})")).isBetween(0.0, 4.0);
            query.requireHealthyRules();
            query.requireDashboardUnderstood();
            query.tell();
        } finally {
            prometheus.destroy();
            prometheus.waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Asks a Prometheus. */
    private final class Query {

        private final String base;

        Query(String base) {
            this.base = base;
        }

        JsonNode result(String expression) throws IOException, InterruptedException {
            return get(base + "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                    .path("data").path("result");
        }

        double value(String expression) throws IOException, InterruptedException {
            return result(expression).path(0).path("value").path(1).asDouble(Double.NaN);
        }

        void await(String expression, double expected) {
            Awaitility.await(expression).atMost(RunningNode.PATIENCE).ignoreExceptions()
                    .until(() -> value(expression) == expected);
        }

        void requireHealthyRules() throws IOException, InterruptedException {
            JsonNode groups = get(base + "/api/v1/rules").path("data").path("groups");
            assertThat(groups.findValuesAsText("health")).hasSizeGreaterThan(15).containsOnly("ok");
        }

        /** The names in it are checked everywhere, by MetricsIT; what they are made into, here. */
        void requireDashboardUnderstood() throws IOException, InterruptedException {
            List<String> expressions = JSON.readTree(RULES.resolveSibling("grafana/curia.json").toFile())
                    .findValuesAsText("expr");
            assertThat(expressions).hasSizeGreaterThan(25);
            for (String expression : expressions) {
                String filled = expression.replace("$cluster", ".*").replace("$__rate_interval", "1m")
                        .replace("$__interval", "15s");
                assertThat(get(base + "/api/v1/query?query=" + URLEncoder.encode(filled, StandardCharsets.UTF_8))
                        .path("status").asText()).as(filled).isEqualTo("success");
            }
            assertThat(result("max by (id) (curia_role)")).hasSize(2);
        }

        /** Writes down what is shown in docs/metrics.md. */
        void tell() throws IOException, InterruptedException {
            for (String expression : List.of("curia_master_valid", "curia_epoch", "curia_role == 1",
                    "curia_elections_total > 0", "curia_failover_seconds_sum{cause=\"CRASH\"} > 0",
                    "curia_without_master_seconds_total", "curia_accusations_accepted_total > 0",
                    "curia_lifelines{state=\"standing\"}", "ALERTS",
                    "histogram_quantile(0.99, sum by (id, operation, le) (curia_zookeeper_request_seconds_bucket))")) {
                System.out.println(expression);
                result(expression).forEach(row -> System.out.println("    " + row.get("metric") + " "
                        + row.get("value").get(1).asText()));
            }
        }
    }
}
