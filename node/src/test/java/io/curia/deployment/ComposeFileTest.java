package io.curia.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.cli.EnvironmentDefaults;
import io.curia.process.NodeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Compose file: that what it names is there, and that what is only for looking starts only when asked for. */
class ComposeFileTest {

    private static final Path DOCKER = Path.of("../docker");
    private static final List<String> FOR_LOOKING = List.of("haproxy", "prometheus", "grafana");

    private Yaml services;

    @BeforeEach
    void read() throws IOException {
        services = Yaml.read(DOCKER.resolve("compose.yml")).get(0).at("services");
    }

    @Test
    void everyFileThatIsMountedIsThere() {
        for (String service : services.keys()) {
            for (Yaml volume : services.at(service + "/volumes").each()) {
                String file = volume.text().split(":")[0];
                assertThat(!file.startsWith("./") || Files.exists(DOCKER.resolve(file))).as(file).isTrue();
            }
        }
    }

    @Test
    void whatIsForLookingIsStartedOnlyWhenAskedForAndReachedFromThisMachineOnly() {
        for (String service : services.keys()) {
            boolean looking = FOR_LOOKING.contains(service);
            assertThat(services.at(service + "/profiles").text().contains("observability")).as(service)
                    .isEqualTo(looking);
            assertThat(services.at(service + "/ports").each().isEmpty()).as(service).isEqualTo(!looking);
            assertThat(services.at(service + "/ports").each())
                    .allMatch(port -> port.text().startsWith("127.0.0.1:"));
        }
    }

    @Test
    void everyVariableOfANodeIsAnOption() {
        Set<String> options = NodeOptions.all().stream().map(EnvironmentDefaults::variableOf)
                .collect(Collectors.toSet());
        assertThat(services.at("node1/environment").keys()).contains("CURIA_ID", "CURIA_ZOOKEEPER")
                .isSubsetOf(options);
    }
}
