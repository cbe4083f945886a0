package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.curia.document.Fields;
import io.curia.model.Pause;
import io.curia.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code pause} and {@code resume} write, and how a pause shows. */
class PauseTest {

    private final Desk desk = Desk.ofThree();

    private Optional<Pause> stored() {
        return desk.cluster.store().intents().pause().what();
    }

    @Test
    void pauseSaysUntilWhenByWhomAndWhy() {
        assertThat(desk.run("pause", "--for", "30m", "--reason", "upgrade")).as(desk.said()).isZero();

        assertThat(stored()).contains(new Pause(desk.time.now().plus(Duration.ofMinutes(30)), "ann@desk", "upgrade",
                desk.time.now()));
        assertThat(desk.said()).contains("paused for 30m", "admin-cli resume",
                "PAUSED for 30m more by ann@desk: upgrade");
    }

    @Test
    void pauseIsCountedDownWhereverMembersAreShown() {
        desk.run("pause", "--for", "30m");
        desk.time.advance(Duration.ofMinutes(21));

        desk.run("members");

        assertThat(desk.said()).contains("PAUSED for 9m more by ann@desk");
    }

    @Test
    void documentOfTheMembersHasThePause() throws IOException {
        desk.run("pause", "--for", "30m", "--reason", "upgrade", "-o", "json");

        JsonNode pause = new ObjectMapper().readTree(desk.printed()).get("pause");
        assertThat(pause.get("until").asText())
                .isEqualTo(Fields.timestamp(desk.time.now().plus(Duration.ofMinutes(30))));
        assertThat(pause.get("reason").asText()).isEqualTo("upgrade");
        assertThat(pause.get("actor").asText()).isEqualTo("ann@desk");
    }

    @Test
    void pauseEndsByItself() {
        desk.run("pause", "--for", "30m");
        desk.time.advance(Duration.ofMinutes(30));

        desk.run("members");

        assertThat(desk.said().lines().reduce((first, last) -> last).orElseThrow()).doesNotContain("PAUSED");
    }

    @Test
    void anotherPauseReplacesTheFirst() {
        desk.run("pause", "--for", "30m");

        assertThat(desk.run("pause", "--for", "1h")).isZero();

        assertThat(stored().orElseThrow().until()).isEqualTo(desk.time.now().plus(Duration.ofHours(1)));
    }

    @Test
    void resumeEndsThePause() {
        desk.run("pause", "--for", "30m");

        assertThat(desk.run("resume")).as(desk.said()).isZero();

        assertThat(stored()).isEmpty();
        assertThat(desk.said()).contains("resumed");
    }

    @Test
    void eventsSayWhoEndedAPauseWhenAndWhy() {
        desk.run("pause", "--for", "30m");
        desk.time.advance(Duration.ofMinutes(4));
        desk.environment.put("USER", "bob");

        desk.run("resume", "--reason", "upgrade is done");

        Desk reader = new Desk(desk);
        reader.run("events", "--type", "resumed");
        assertThat(reader.printed()).containsPattern("RESUMED .* bob@desk +4m +upgrade is done");
    }

    @Test
    void resumeWithoutAPauseChangesNothing() {
        assertThat(desk.run("resume")).isZero();

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains("not paused, nothing was changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "pause --for 0s", "pause --for 8d", "pause --for soon"})
    void pauseWithoutABoundIsWrongUsage(String line) {
        assertThat(desk.run(line.split(" "))).isEqualTo(2);
    }

    @Test
    void conflictIsDecidedAgain() {
        desk.store.beforeWrite(ScriptedStore.failing(StoreException.Kind.CONFLICT));

        assertThat(desk.run("pause", "--for", "30m")).as(desk.said()).isZero();

        assertThat(desk.store.writes()).isEqualTo(2);
    }

    @Test
    void lostAnswerIsLookedUp() {
        desk.store.afterWrite(ScriptedStore.failing(StoreException.Kind.UNKNOWN_RESULT));

        assertThat(desk.run("pause", "--for", "30m")).as(desk.said()).isZero();

        assertThat(desk.store.writes()).isEqualTo(1);
    }
}
