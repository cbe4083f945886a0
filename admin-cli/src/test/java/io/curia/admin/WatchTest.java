package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.curia.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code --watch} shows, when, and how it ends. */
class WatchTest {

    private final Desk desk = Desk.ofThree();

    @Test
    void aPipeGetsOneLineOfJsonForEveryChange() throws IOException {
        desk.time.then(() -> { }).then(() -> desk.cluster.crash("n3")).then(() -> { }).thenInterrupt();

        assertThat(desk.run("members", "-o", "json", "--watch")).isEqualTo(130);

        List<String> lines = desk.printed().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(new ObjectMapper().readTree(lines.get(0)).at("/members/2/status").asText()).isEqualTo("LIVE");
        assertThat(new ObjectMapper().readTree(lines.get(1)).at("/members/2/status").asText()).isEqualTo("DOWN");
    }

    @Test
    void growingOlderIsNoChange() {
        desk.time.then(() -> desk.time.advance(Duration.ofHours(5))).then(() -> { }).thenInterrupt();

        desk.run("members", "--watch");

        assertThat(desk.printed().lines()).hasSize(4);
    }

    @Test
    void yamlDocumentsAreSetApart() {
        desk.time.then(() -> desk.cluster.crash("n3")).thenInterrupt();

        desk.run("members", "-o", "yaml", "--watch=100ms");

        assertThat(desk.printed()).startsWith("---\n").containsSubsequence("---\n", "---\n");
    }

    @Test
    void watchingTheMasterOutlivesItsAbsence() {
        desk.time.then(() -> desk.cluster.crash("n1")).then(() -> desk.cluster.elect("n2")).thenInterrupt();

        assertThat(desk.run("master", "-o", "json", "--watch")).isEqualTo(130);

        assertThat(desk.printed().lines()).hasSize(3).element(1).asString().contains("\"id\":null", "\"epoch\":1");
        assertThat(desk.printed().lines()).element(2).asString().contains("\"id\":\"n2\"", "\"epoch\":2");
    }

    @Test
    void aScreenIsRedrawnInPlace() {
        desk.terminal.screen(24, 80);
        desk.time.then(() -> desk.cluster.crash("n3")).thenInterrupt();

        desk.run("members", "--watch");

        assertThat(desk.printed()).startsWith("\u001b[H\u001b[J").containsSubsequence("every 2s", "LIVE",
                "\u001b[J\u001b[H", "DOWN", "\u001b[J");
    }

    @Test
    void aScreenTooLowSaysWhatItDoesNotShow() {
        desk.terminal.screen(5, 80);
        desk.time.thenInterrupt();

        desk.run("members", "--watch");

        assertThat(desk.printed()).contains("… 2 more lines than fit here");
        assertThat(desk.printed().lines()).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void losingZooKeeperForAWhileIsSaidOnceAndWaitedOut() {
        desk.time.then(() -> desk.cluster.reachable(false)).then(() -> { }).then(() -> desk.cluster.reachable(true))
                .then(() -> desk.cluster.crash("n3")).thenInterrupt();

        assertThat(desk.run("members", "-o", "name", "--watch")).isEqualTo(130);

        assertThat(desk.said()).isEqualTo(
                "ZooKeeper cannot be reached; what is shown is the last that was seen\nZooKeeper answers again\n");
    }

    @Test
    void aScreenKeepsTheLastViewAndSaysSo() {
        desk.terminal.screen(24, 120);
        desk.time.then(() -> desk.cluster.reachable(false)).thenInterrupt();

        desk.run("members", "--watch");

        assertThat(desk.printed()).containsSubsequence("MASTER", "ZooKeeper cannot be reached", "MASTER");
    }

    @Test
    void whatWillNotPassEndsIt() {
        desk.time.then(() -> desk.store.beforeRead(ScriptedStore.failing(StoreException.Kind.DENIED)));

        assertThat(desk.run("members", "--watch")).isEqualTo(4);
    }
}
