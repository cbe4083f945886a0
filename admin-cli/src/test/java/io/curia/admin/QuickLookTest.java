package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.wire.NoAnswerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way to an answer leads to the same answer, and is taken only where it can. */
class QuickLookTest {

    @ParameterizedTest
    @ValueSource(strings = {"master --via 127.0.0.1:8002", "master --via=127.0.0.1:8002 -o name",
        "master -o JSON --via 127.0.0.1:8002", "members --via 127.0.0.1:8001,127.0.0.1:8002 --output=wide",
        "members --via 127.0.0.1:9999", "members --via 127.0.0.1:9999,127.0.0.1:8003 -o yaml",
        "master --via 127.0.0.1:8003 -o wide"})
    void theAnswerIsThatOfTheCommand(String line) {
        Desk quick = Desk.ofThree();
        Desk desk = new Desk(quick);

        int code = QuickLook.run(quick.surroundings(), line.split(" ")).orElseThrow();

        assertThat(code).isEqualTo(desk.run(line.split(" ")));
        assertThat(quick.printed()).isEqualTo(desk.printed());
        assertThat(quick.said()).isEqualTo(desk.said());
    }

    @Test
    void noMasterIsSixAndAnotherClusterFive() {
        Desk desk = Desk.ofThree();
        desk.cluster.crash("n1");
        Desk other = Desk.ofThree();
        other.environment.put("CURIA_CLUSTER", "orders");

        assertThat(QuickLook.run(desk.surroundings(), "master", "--via", "127.0.0.1:8002")).hasValue(6);
        assertThat(QuickLook.run(other.surroundings(), "master", "--via", "127.0.0.1:8002")).hasValue(5);
        assertThat(other.said()).hasLineCount(1).startsWith("admin-cli: ");
    }

    @Test
    void whoIsSilentIsThree() {
        Desk desk = Desk.ofThree();
        desk.nodes.dumb("n2", NoAnswerException.Kind.TIMEOUT);

        assertThat(QuickLook.run(desk.surroundings(), "members", "--via", "127.0.0.1:8002")).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "members", "master", "master -o name", "evict n1 --via 127.0.0.1:8001",
        "master --via 127.0.0.1:8001 --watch", "master --via nonsense", "master --via 127.0.0.1:8001 -o xml",
        "master --help", "master @file", "members --via 127.0.0.1:8001 --sort id", "master --via"})
    void whateverIsNotPlainIsLeftToTheCommands(String line) {
        Desk desk = Desk.ofThree();

        assertThat(QuickLook.run(desk.surroundings(), line.split(" "))).isEmpty();

        assertThat(desk.printed()).isEmpty();
        assertThat(desk.said()).isEmpty();
    }

    @Test
    void aVariableThatMayMeanSomethingIsLeftToTheCommands() {
        Desk desk = Desk.ofThree();
        desk.environment.put("CURIA_OUTPUT", "json");

        assertThat(QuickLook.run(desk.surroundings(), "master", "--via", "127.0.0.1:8001")).isEmpty();
    }

    @Test
    void contextsAreLeftToTheCommands(@TempDir Path home) throws IOException {
        Path file = home.resolve("curia/contexts.properties");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "current=prod\nprod.cluster=orders\n");
        Desk desk = Desk.ofThree();
        desk.environment.put("XDG_CONFIG_HOME", home.toString());

        assertThat(QuickLook.run(desk.surroundings(), "master", "--via", "127.0.0.1:8001")).isEmpty();
    }
}
