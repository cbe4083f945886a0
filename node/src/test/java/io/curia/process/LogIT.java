package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a node's process writes to standard error, as whoever collects it reads it. */
class LogIT {

    @AutoClose
    private final ProcessCluster cluster = ProcessCluster.start();

    private RunningNode node(Map<String, String> variables, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--id", "n1", "--port", "0"));
        arguments.addAll(List.of(more));
        return cluster.start(variables, arguments.toArray(String[]::new));
    }

    @Test
    void everyLineIsJsonAndLevelsChangeWithTheirFile() throws Exception {
        Path levels = cluster.scratch().resolve("levels");
        try (RunningNode node = node(Map.of(), "--log-format", "json", "--log-levels-file", levels.toString())) {
            node.awaitSaid(Pattern.compile("\"message\":\"ready id=n1 role=MASTER epoch=1 "));
            assertThat(node.said()).doesNotContain("\"INFO\",\"logger\":\"io.curia.runtime");

            Files.writeString(levels, "io.curia = INFO\n");
            node.awaitSaid(Pattern.compile("log levels by " + levels));
            node.signal("TERM");
            assertThat(node.awaitExit()).isZero();

            List<JsonNode> lines = new ArrayList<>();
            for (String line : node.said().lines().toList()) {
                lines.add(new ObjectMapper().readTree(line));
            }
            assertThat(lines).allSatisfy(line -> {
                assertThat(line.path("node").asText()).isEqualTo("n1");
                assertThat(line.path("cluster").asText()).isEqualTo(cluster.records().name());
                assertThat(line.path("time").asText()).endsWith("Z");
                assertThat(line.has("role") && line.has("epoch") && line.has("level")).isTrue();
            });
            assertThat(lines).anySatisfy(line ->
                    assertThat(line.path("message").asText()).contains("role MASTER -> YIELDING"));
        }
    }

    @Test
    void aConfigurationOfTheBackEndsOwnWins() throws Exception {
        Path own = Files.writeString(cluster.scratch().resolve("own.xml"), "<configuration><appender name='e' "
                + "class='ch.qos.logback.core.ConsoleAppender'><target>System.err</target><encoder><pattern>OWN %level "
                + "%msg%n</pattern></encoder></appender><root level='INFO'><appender-ref ref='e'/></root>"
                + "</configuration>");
        try (RunningNode node = node(Map.of("CURIA_JAVA_OPTS", "-Dlogback.configurationFile=" + own),
                "--log-format", "json").awaitReady()) {
            assertThat(node.said()).contains("OWN INFO n1: role").contains("OWN WARN the log's format and levels");
        }
    }

    @Test
    void theUsualLogIsTextFromTheLevelThatIsAskedFor() throws Exception {
        try (RunningNode node = node(Map.of("CURIA_LOG_LEVEL", "info")).awaitReady()) {
            assertThat(node.said()).containsPattern("(?m)^\\S+ INFO  i\\.c\\.r\\.ActionRunner - n1: role ");
        }
        try (RunningNode node = node(Map.of("CURIA_LOG_LEVEL", "loud"))) {
            assertThat(node.awaitExit()).isEqualTo(2);
            assertThat(node.said()).contains("--log-level").contains("TRACE, DEBUG, INFO");
        }
    }

    /** Whoever does not ask for metrics does not pay for them, nor whoever reads text for a writer of JSON. */
    @Test
    void whatIsNotAskedForIsNotLoaded() throws Exception {
        Path loaded = cluster.scratch().resolve("classes");
        try (RunningNode node = node(Map.of("CURIA_JAVA_OPTS", "-Xlog:class+load:file=" + loaded)).awaitReady()) {
            node.signal("TERM");
            node.awaitExit();
        }
        assertThat(Files.readString(loaded)).contains("io.curia.runtime.Metering ").doesNotContain("io.micrometer.",
                "io.prometheus.", "io.curia.metrics.", "io.netty.handler.codec.http.", "io.curia.logging.JsonLines",
                "ch.qos.logback.core.joran.spi.Interpreter", "ch.qos.logback.core.joran.GenericXMLConfigurator");
    }
}
