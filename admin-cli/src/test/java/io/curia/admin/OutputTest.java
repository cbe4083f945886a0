package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every command prints in every format, to the byte. */
class OutputTest {

    @ParameterizedTest
    @CsvSource({"members,table", "members,wide", "members,json", "members,yaml", "members,name",
        "master,table", "master,wide", "master,json", "master,yaml", "master,name",
        "evictions,table", "evictions,wide", "evictions,json", "evictions,yaml", "evictions,name"})
    void everyListingInEveryFormatIsAsReviewed(String verb, String format) throws IOException {
        Desk desk = new Desk();
        desk.store.showing(SampleCluster.view());

        assertThat(desk.run(verb, "-o", format)).as(desk.said()).isZero();

        Golden.assertPrints(verb + "." + format, desk.printed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "wide", "json", "yaml", "name"})
    void aDryRunInEveryFormatIsAsReviewed(String format) throws IOException {
        Desk desk = new Desk();
        desk.store.showing(SampleCluster.view());

        assertThat(desk.run("evict", "n1", "n4", "--dry-run", "-o", format)).as(desk.said()).isZero();

        Golden.assertPrints("evict-dry-run." + format, desk.printed());
        assertThat(desk.store.writes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "wide", "json", "yaml", "name"})
    void initInEveryFormatNamesTheUuid(String format) {
        Desk desk = new Desk();
        String uuid = desk.cluster.store().cluster().uuid();

        assertThat(desk.run("init", "-o", format)).as(desk.said()).isZero();

        assertThat(desk.printed()).contains(uuid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"members", "master", "evictions", "evict n1 n4 --dry-run"})
    void yamlSaysToEveryReaderWhatJsonSays(String line) throws IOException {
        Desk json = new Desk();
        json.store.showing(SampleCluster.view());
        json.run((line + " -o json").split(" "));
        Desk yaml = new Desk();
        yaml.store.showing(SampleCluster.view());
        yaml.run((line + " -o yaml").split(" "));

        assertThat(new ObjectMapper(new YAMLFactory()).readTree(yaml.printed()))
                .isEqualTo(new ObjectMapper().readTree(json.printed()));
    }

    @Test
    void membersJsonHasEveryDocumentedField() throws IOException {
        Desk desk = new Desk();
        desk.store.showing(SampleCluster.view());
        desk.run("members", "-o", "json");

        JsonNode document = new ObjectMapper().readTree(desk.printed());

        assertThat(names(document)).startsWith("apiVersion", "cluster", "uuid", "epoch", "master", "members");
        assertThat(document.get("apiVersion").asInt()).isEqualTo(1);
        for (JsonNode member : document.get("members")) {
            assertThat(names(member)).contains("id", "status", "role", "address", "incarnation", "pid", "host",
                    "since", "version", "tags", "sponsor", "reason");
            assertThat(member.get("status").asText()).isIn("LIVE", "DOWN", "EVICTED");
            assertThat(member.get("role").asText()).isIn("MASTER", "STANDBY", "OBSERVER", "GUEST", "NONE");
            assertThat(member.get("tags").isObject()).isTrue();
        }
    }

    @Test
    void masterJsonHasExactlyTheDocumentedFields() throws IOException {
        Desk desk = Desk.ofThree();
        desk.run("master", "-o", "json");

        JsonNode document = new ObjectMapper().readTree(desk.printed());

        assertThat(names(document)).containsExactly("apiVersion", "id", "epoch", "address", "pid", "since", "cause",
                "last", "pause", "switchover");
        assertThat(document.get("since").asText()).isEqualTo("2026-01-31T12:00:00.000Z");
        assertThat(document.get("cause").asText()).isEqualTo("FIRST");
    }

    @Test
    void theHeadlineIsSaidAndNotPrinted() {
        Desk desk = Desk.ofThree();
        desk.run("members");

        assertThat(desk.said()).isEqualTo("cluster curia, epoch 1, master n1, 3 live, 0 down, 0 evicted\n");
        assertThat(desk.printed()).startsWith("ID ").doesNotContain("cluster curia");
    }

    @Test
    void programsAreSpokenToInDataOnly() {
        Desk desk = Desk.ofThree();
        desk.run("members", "-o", "json");

        assertThat(desk.said()).isEmpty();
    }

    @Test
    void textOfOthersCannotDriveTheTerminal() {
        Desk desk = new Desk();
        desk.store.showing(SampleCluster.view());
        desk.run("members");

        assertThat(desk.printed()).doesNotContain("\u001b").contains("line?break ?[31mred: #1");
        assertThat(desk.printed().lines()).hasSize(SampleCluster.view().members().size() + 1);
    }

    @Test
    void colourIsUsedOnlyWhereTheTerminalTakesIt() {
        Desk plain = Desk.ofThree();
        plain.run("members");
        Desk coloured = Desk.ofThree();
        coloured.terminal.screen(50, 200).coloured();
        coloured.run("members");

        assertThat(plain.printed()).doesNotContain("\u001b");
        assertThat(coloured.printed()).contains("\u001b[32mLIVE\u001b[0m");
    }

    @ParameterizedTest
    @ValueSource(ints = {180, 100, 40, 24})
    void noLineIsWiderThanTheScreen(int columns) throws IOException {
        Desk desk = new Desk();
        desk.store.showing(SampleCluster.view());
        desk.terminal.screen(100, columns);

        assertThat(desk.run("members", "-o", "wide")).isZero();

        assertThat(desk.printed().lines()).allSatisfy(line ->
                assertThat(line.codePointCount(0, line.length())).as(line).isLessThanOrEqualTo(columns));
        assertThat(desk.printed()).contains("n8").contains("EVICTED");
        Golden.assertPrints("members-" + columns + "-columns.wide", desk.printed());
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
