package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.zookeeper.ZooKeeperSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names for clusters: kept, chosen, overruled by what is said closer. */
class ContextTest {

    @TempDir
    private Path home;
    private Desk desk;

    private int run(String line) {
        desk = Desk.ofThree();
        desk.environment.put("XDG_CONFIG_HOME", home.toString());
        return desk.run(line.split(" "));
    }

    private int runWith(String variable, String value, String line) {
        desk = Desk.ofThree();
        desk.environment.put("XDG_CONFIG_HOME", home.toString());
        desk.environment.put(variable, value);
        return desk.run(line.split(" "));
    }

    private ZooKeeperSettings opened() {
        return desk.opened.orElseThrow();
    }

    private void twoContexts() {
        assertThat(run("context add prod --zookeeper zk1:2181 --cluster orders --root /apps")).as(desk.said()).isZero();
        assertThat(run("context add test --zookeeper zk9:2181")).isZero();
    }

    @Test
    void theFirstContextIsInUseAtOnceAndAnotherWhenChosen() {
        twoContexts();
        run("members");
        assertThat(opened().connect()).isEqualTo("zk1:2181");
        assertThat(opened().cluster()).isEqualTo("orders");
        assertThat(opened().root()).isEqualTo("/apps");

        assertThat(run("context use test")).isZero();
        run("members");
        assertThat(opened().connect()).isEqualTo("zk9:2181");
        assertThat(opened().cluster()).isEqualTo("curia");
    }

    @Test
    void whatIsSaidCloserCounts() {
        twoContexts();

        run("members --cluster pay");
        assertThat(opened().cluster()).as("option over context").isEqualTo("pay");
        runWith("CURIA_CLUSTER", "pay", "members");
        assertThat(opened().cluster()).as("variable over context in use").isEqualTo("pay");
        assertThat(opened().connect()).as("what the variable leaves open").isEqualTo("zk1:2181");
        runWith("CURIA_CLUSTER", "pay", "members --context prod");
        assertThat(opened().cluster()).as("context on the line over variable").isEqualTo("orders");
        runWith("CURIA_CONTEXT", "test", "members");
        assertThat(opened().connect()).as("context in a variable over context in use").isEqualTo("zk9:2181");
        run("members --context prod --zookeeper zk7:2181");
        assertThat(opened().connect()).as("option over context on the line").isEqualTo("zk7:2181");
    }

    @Test
    void theFileIsTheOwnersAloneAndHoldsOnlyThePathOfACredential() throws IOException {
        Path secret = Files.writeString(home.resolve("auth"), "ann:hunter2");

        assertThat(run("context add prod --zookeeper zk1:2181 --auth-file " + secret)).isZero();

        Path file = home.resolve("curia/contexts.properties");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains(secret.toString()).doesNotContain("hunter2");
        run("members");
        assertThat(opened().authFile()).contains(secret);
        try (var left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void anAuthFileThatIsGoneIsWrongUsage() {
        run("context add prod --auth-file /nonexistent/auth");

        assertThat(run("members")).isEqualTo(2);

        assertThat(desk.said()).contains("/nonexistent/auth", "context prod");
        assertThat(desk.opened).isEmpty();
    }

    @Test
    void listMarksTheOneInUseAndShowShowsIt() {
        twoContexts();

        run("context list");
        assertThat(desk.printed()).containsPattern("prod +\\* +orders .*zk1:2181").containsPattern("test +- +- ");
        run("context list -o name");
        assertThat(desk.printed()).isEqualTo("prod\ntest\n");
        run("context show -o json");
        assertThat(desk.printed()).contains("\"current\": \"prod\"", "\"name\": \"prod\"", "\"cluster\": \"orders\"")
                .doesNotContain("zk9");
        run("context list --filter context=te* -o name");
        assertThat(desk.printed()).isEqualTo("test\n");
    }

    @Test
    void aRemovedContextIsNeitherThereNorInUse() {
        twoContexts();

        assertThat(run("context remove prod")).isZero();

        assertThat(run("context show")).isEqualTo(5);
        assertThat(desk.said()).contains("context use NAME");
        run("members");
        assertThat(opened().connect()).isEqualTo("127.0.0.1:2181");
        assertThat(run("members --context prod")).isEqualTo(2);
        assertThat(desk.said()).contains("no such context: 'prod'", "context list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"context use nope", "context remove nope", "context show nope"})
    void aContextThatIsNotThereIsFive(String line) {
        assertThat(run(line)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"context", "context add", "context add a/b --cluster x", "context add prod", "context use",
        "context nonsense", "context list --columns nope"})
    void wrongUsageIsTwo(String line) {
        assertThat(run(line)).isEqualTo(2);

        assertThat(desk.said()).contains("--help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense=1\n", "prod.password=x\n", "a b.cluster=x\n", "prod.cluster=\\u12\n"})
    void aFileThatCannotBeUnderstoodIsTwoAndNamed(String content) throws IOException {
        Path file = home.resolve("curia/contexts.properties");
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);

        assertThat(run("members")).isEqualTo(2);
        assertThat(run("context list")).isEqualTo(2);
    }
}
