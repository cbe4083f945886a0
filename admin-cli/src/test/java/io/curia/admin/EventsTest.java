package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.curia.model.EventType;
import io.curia.model.Happening;
import io.curia.model.NodeId;
import io.curia.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code events} and {@code history} print of a past, and of what happens while one looks. */
class EventsTest {

    private final Desk desk = Desk.ofThree();

    /** A day in the life of a cluster: a session that expired, an eviction, a pause, a stranger. */
    private void past() {
        desk.time.advance(Duration.ofMinutes(125));
        desk.cluster.crash("n1");
        desk.cluster.elect("n2");
        desk.time.advance(Duration.ofSeconds(30));
        append(EventType.PAUSED, "ann@desk", "kernel, until 13:00");
        desk.time.advance(Duration.ofMinutes(10));
        desk.cluster.evict("n2", "ann@desk", "disk failing");
        desk.time.advance(Duration.ofMillis(12));
        desk.cluster.elect("n3");
        desk.cluster.readmit("n2", "bob@desk");
        desk.cluster.store().history().append(List.of(Happening.of(EventType.JOIN_REFUSED, NodeId.of("x9"),
                Optional.empty(), "n3", "WRONG_CLUSTER from 10.0.0.9:8001: \u001b[31mred")));
        desk.time.advance(Duration.ofSeconds(4));
    }

    private void append(EventType type, String actor, String reason) {
        desk.cluster.store().history().append(List.of(Happening.ofCluster(type, actor, reason)));
    }

    @ParameterizedTest
    @CsvSource({"events,table", "events,wide", "events,json", "events,yaml", "events,name",
        "history,table", "history,wide", "history,json", "history,yaml", "history,name"})
    void everyListingInEveryFormatIsAsReviewed(String verb, String format) throws IOException {
        past();

        assertThat(desk.run(verb, "-o", format)).as(desk.said()).isZero();

        Golden.assertPrints(verb + "." + format, Golden.withoutUuid(desk.printed(), desk.cluster.store().cluster()));
    }

    @Test
    void onlyWhatIsAskedForIsListed() {
        past();

        assertThat(names("--since", "7")).containsExactly("8", "9", "10", "11");
        assertThat(names("--since", "4s")).containsExactly("9", "10", "11");
        assertThat(names("--since", "2026-01-31T14:15:30.012Z")).containsExactly("9", "10", "11");
        assertThat(names("--type", "evicted,MASTER_LOST")).containsExactly("4", "7", "8");
        assertThat(names("--last", "2")).containsExactly("10", "11");
        assertThat(names("--last", "0")).isEmpty();
        assertThat(names("--since", "11")).isEmpty();
    }

    private List<String> names(String... more) {
        Desk another = new Desk(desk);
        another.run(Stream.concat(Stream.of("events", "-o", "name"),
                Stream.of(more)).toArray(String[]::new));
        return another.printed().lines().toList();
    }

    @Test
    void whatIsNotRememberedIsCounted() {
        flood(150);
        desk.cluster.store().history().trim();

        desk.run("events", "-o", "json");

        assertThat(desk.printed()).contains("\"last\": 153", "\"forgotten\": 50");
    }

    private void flood(int refusals) {
        desk.cluster.store().history().append(IntStream.range(0, refusals).mapToObj(i -> Happening.of(
                EventType.JOIN_REFUSED, NodeId.of("x" + i), Optional.empty(), "n1", "no")).toList());
    }

    @Test
    void aFollowerGetsOneLineOfJsonForEveryEventFromThenOn() throws IOException {
        desk.time.then(() -> append(EventType.PAUSED, "ann", "a")).then(() -> { })
                .then(() -> append(EventType.RESUMED, "ann", "b"));
        settle();
        desk.time.thenInterrupt();

        assertThat(desk.run("events", "--follow", "-o", "json")).isEqualTo(130);

        assertThat(desk.printed().lines()).hasSize(2);
        JsonNode first = new ObjectMapper().readTree(desk.printed().lines().findFirst().orElseThrow());
        assertThat(first.get("apiVersion").asInt()).isEqualTo(1);
        assertThat(first.get("seq").asLong()).isEqualTo(4);
        assertThat(first.get("type").asText()).isEqualTo("PAUSED");
        assertThat(first.get("epoch").isNull()).isTrue();
    }

    /** The fake calls watches back on a thread of its own: looking now and then finds the event without it. */
    private void settle() {
        IntStream.range(0, 60).forEach(i -> desk.time.then(() -> { }));
    }

    @Test
    void aFollowerGoesOnWhereItIsTold() {
        desk.time.thenInterrupt();

        desk.run("events", "--follow", "--since", "1", "-o", "name");

        assertThat(desk.printed()).isEqualTo("2\n3\n");
    }

    @Test
    void aFollowerLosesNothingWithZooKeeperAndSaysSoOnce() {
        desk.time.then(() -> { });
        IntStream.range(0, 55).forEach(i -> desk.time.then(() -> desk.cluster.reachable(false)));
        desk.time.then(() -> desk.cluster.reachable(true)).then(() -> append(EventType.PAUSED, "ann", ""));
        IntStream.range(0, 60).forEach(i -> desk.time.then(() -> { }));
        desk.time.thenInterrupt();

        assertThat(desk.run("events", "--follow", "-o", "name")).isEqualTo(130);

        assertThat(desk.printed()).isEqualTo("4\n");
        assertThat(desk.said()).isEqualTo(
                "ZooKeeper cannot be reached; what happens meanwhile follows later\nZooKeeper answers again\n");
    }

    @Test
    void aFollowerSaysWhatWasDroppedBeforeItCouldBeRead() {
        flood(150);
        desk.cluster.store().history().trim();
        desk.time.thenInterrupt();

        desk.run("events", "--follow", "--since", "3", "--type", "PAUSED", "-o", "json");

        assertThat(desk.said()).isEqualTo("missed 50 events after number 3: not remembered any more\n");
    }

    @Test
    void aHistoryThatBeganAnewIsReadFromItsBeginning() {
        desk.time.thenInterrupt();

        desk.run("events", "--follow", "--since", "77", "-o", "name");

        assertThat(desk.printed()).isEqualTo("0\n1\n2\n3\n");
        assertThat(desk.said()).contains("began anew");
    }

    @Test
    void peopleWhoFollowReadOneLineAnEvent() {
        past();
        desk.time.thenInterrupt();

        desk.run("events", "--follow", "--last", "6");

        assertThat(desk.printed().lines()).hasSize(6).first().asString()
                .startsWith("2026-01-31T14:05:30.000Z").contains("PAUSED", "by ann@desk: kernel, until 13:00");
        assertThat(desk.printed()).contains("MASTER_LOST     n2          epoch 2 EVICTED after 10m by ann@desk: disk")
                .doesNotContain("\u001b");
        assertThat(desk.said()).contains("following from number 12 on");
    }

    @Test
    void aClusterWithoutMastersHasAnEmptyHistory() {
        Desk empty = new Desk();

        assertThat(empty.run("history", "-o", "json")).isZero();

        assertThat(empty.printed()).contains("\"masterships\": []");
    }

    @ParameterizedTest
    @ValueSource(strings = {"events --since yesterday", "events --since 5x", "events --type nonsense",
        "events --last -1", "history --last -1", "history --follow", "events --since="})
    void wrongUsageIsTwo(String line) {
        assertThat(desk.run(line.split(" "))).isEqualTo(2);

        assertThat(desk.opened).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "history", "events --follow"})
    void everyFailureOfTheStoreHasItsCode(String line) {
        for (StoreException.Kind kind : StoreException.Kind.values()) {
            Desk another = Desk.ofThree();
            another.store.beforeRead(ScriptedStore.failing(kind));

            assertThat(another.run(line.split(" "))).as(kind.name()).isEqualTo(switch (kind) {
                case UNAVAILABLE -> 3;
                case DENIED -> 4;
                case NOT_FOUND -> 5;
                case CONFLICT, FENCED -> 7;
                case UNKNOWN_RESULT -> 8;
                case CORRUPT -> 1;
            });
        }
    }
}
