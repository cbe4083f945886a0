package io.curia.zookeeper.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerConfigurationTest {

    private static final ServerPlan FIRST = plan(1);
    private static final List<ServerPlan> THREE = List.of(FIRST, plan(2), plan(3));
    private static final Duration FOUR_SECONDS = Duration.ofSeconds(4);

    @TempDir
    Path directory;

    @Test
    void aServerIsReachableFromThisHostOnly() throws IOException {
        Properties properties = read(ServerConfiguration.text(FIRST, THREE, FOUR_SECONDS));
        assertThat(properties).containsEntry("clientPortAddress", "127.0.0.1")
                .containsEntry("clientPort", "2001")
                .containsEntry("quorumListenOnAllIPs", "false")
                .containsEntry("admin.enableServer", "false")
                .containsEntry("server.3", "127.0.0.1:2103:2203");
    }

    @Test
    void aSingleServerHasNoQuorum() throws IOException {
        Properties properties = read(ServerConfiguration.text(FIRST, List.of(FIRST), FOUR_SECONDS));
        assertThat(properties.stringPropertyNames()).noneMatch(name -> name.startsWith("server."));
    }

    @Test
    void commitsAreForcedToTheDiskAndOldOnesPurged() throws IOException {
        Properties properties = read(ServerConfiguration.text(FIRST, List.of(FIRST), FOUR_SECONDS));
        assertThat(properties).containsEntry("forceSync", "yes").containsEntry("autopurge.purgeInterval", "1");
    }

    @Test
    void theShortestSessionIsTheOneAskedFor() throws IOException {
        Properties properties = read(ServerConfiguration.text(FIRST, THREE, Duration.ofMillis(1500)));
        assertThat(properties).containsEntry("minSessionTimeout", "1500");
    }

    @Test
    void aDirectoryWithSpacesAndBackslashesIsReadAsItIs() throws IOException {
        ServerPlan odd = new ServerPlan(1, Path.of("/a b\\c"), 1, 2, 3);
        Properties properties = read(ServerConfiguration.text(odd, List.of(odd), FOUR_SECONDS));
        assertThat(properties).containsEntry("dataDir", "/a b\\c/data");
    }

    @Test
    void writingLeavesTheConfigurationAndTheIdentityAndNothingElse() throws IOException {
        ServerPlan plan = new ServerPlan(2, directory, 1, 2, 3);
        ServerConfiguration.write(plan, List.of(plan), FOUR_SECONDS);
        ServerConfiguration.write(plan, List.of(plan), FOUR_SECONDS);
        assertThat(directory.resolve("zoo.cfg")).isNotEmptyFile();
        assertThat(directory.resolve("data/myid")).hasContent("2");
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
        assertThat(directory.resolve("data")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void settingsThatCannotWorkAreRefusedWithTheValue() {
        assertThatThrownBy(() -> EnsembleSettings.of(directory, 2)).hasMessageContaining("servers: 2");
        assertThatThrownBy(() -> EnsembleSettings.of(directory, 3).onPort(70_000)).hasMessageContaining("70000");
        assertThatThrownBy(() -> EnsembleSettings.of(directory, 1).withMinSessionTimeout(Duration.ofMillis(100)))
                .hasMessageContaining("PT0.1S");
    }

    @Test
    void onlyAServerThatServesHasAMode() {
        assertThat(ServerProbe.modeIn("Zookeeper version: 3\nMode: follower\nNode count: 5\n"))
                .isEqualTo(ServerStatus.Mode.FOLLOWER);
        assertThat(ServerProbe.modeIn("This ZooKeeper instance is not currently serving requests\n"))
                .isEqualTo(ServerStatus.Mode.STARTING);
    }

    private static ServerPlan plan(int id) {
        return new ServerPlan(id, Path.of("/data/server-" + id), 2000 + id, 2100 + id, 2200 + id);
    }

    private static Properties read(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return properties;
    }
}
