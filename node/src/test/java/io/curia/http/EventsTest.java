package io.curia.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.curia.model.Endpoint;
import io.curia.model.EventType;
import io.curia.model.Role;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stream of events: nothing missed, nothing told twice, and nothing kept for those who do not read. */
class EventsTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration HASTE = Duration.ofMillis(500);

    private final FakeNode node = new FakeNode();
    private NodeHttp http;

    private NodeHttp open(HttpLimits limits) {
        return NodeHttp.open(new HttpSettings(new Endpoint("127.0.0.1", 0), Set.of(), limits))
                .serve(node, Clock.systemUTC());
    }

    @BeforeEach
    void open() {
        http = open(HttpLimits.DEFAULT);
        for (int epoch = 0; epoch < 5; epoch++) {
            node.history.record(EventType.MASTER_ELECTED, epoch);
        }
    }

    @AfterEach
    void close() {
        http.close();
    }

    private EventReader read(String path, String... headers) throws IOException {
        return new EventReader(http.address(), path, headers);
    }

    @Test
    void aStreamBeginsWithTheNodesStateAndGoesOnWithWhatHappens() throws IOException {
        try (EventReader events = read("/events")) {
            EventReader.Told state = events.next();
            assertThat(state.type()).isEqualTo("state");
            assertThat(state.data().get("id").textValue()).isEqualTo("n1");
            assertThat(state.data().get("lifelines").get("wanted").intValue()).isEqualTo(2);
            Awaitility.await().atMost(SOON).until(() -> node.history.readings.get() > 0);

            node.history.record(EventType.MASTER_LOST, 4);

            EventReader.Told lost = events.next("history");
            assertThat(lost.id()).contains("5");
            assertThat(lost.data().get("type").textValue()).isEqualTo("MASTER_LOST");
            assertThat(lost.data().get("seq").longValue()).isEqualTo(5);
        }
    }

    @Test
    void aReaderThatWasCutOffGoesOnWhereItWas() throws IOException {
        try (EventReader events = read("/events?since=1")) {
            assertThat(events.next("history").id()).contains("2");
            assertThat(events.next("history").id()).contains("3");
        }
        try (EventReader events = read("/events?since=0", "Last-Event-ID: 3\r\n")) {
            assertThat(events.next("history").id()).contains("4");
            node.history.record(EventType.MASTER_LOST, 4);
            assertThat(events.next("history").id()).contains("5");
        }
    }

    /** It has seen no event yet, but it knows from where on it has been told. */
    @Test
    void aReaderThatIsCutOffBeforeItsFirstEventMissesNoneEither() throws IOException {
        String lastId;
        try (EventReader events = read("/events")) {
            events.next("state");
            node.aside = Optional.of("drained");
            Awaitility.await().atMost(SOON).until(() -> {
                events.next("state");
                node.aside = Optional.of("drained " + System.nanoTime());
                return events.lastId().isPresent();
            });
            lastId = events.lastId().orElseThrow();
        }
        node.history.record(EventType.MASTER_LOST, 4);

        assertThat(lastId).isEqualTo("4");
        try (EventReader events = read("/events", "Last-Event-ID: " + lastId + "\r\n")) {
            assertThat(events.next("history").id()).contains("5");
        }
    }

    @Test
    void theWholeHistoryIsToldToWhoeverWantsIt() throws IOException {
        try (EventReader late = read("/events?since=3"); EventReader all = read("/events?since=-1")) {
            assertThat(late.next("history").id()).contains("4");
            for (int seq = 0; seq < 5; seq++) {
                assertThat(all.next("history").id()).contains(Integer.toString(seq));
            }
        }
    }

    @Test
    void whatIsForgottenIsCountedOnce() throws IOException {
        node.history.forget(2);

        try (EventReader events = read("/events?since=0")) {
            EventReader.Told missed = events.next("missed");
            assertThat(missed.data().get("after").longValue()).isZero();
            assertThat(missed.data().get("count").longValue()).isEqualTo(2);
            assertThat(missed.id()).contains("2");
            assertThat(events.next("history").id()).contains("3");
        }
    }

    @Test
    void aHistoryThatBeganAnewIsToldFromItsBeginning() throws IOException {
        try (EventReader events = read("/events?since=3")) {
            assertThat(events.next("history").id()).contains("4");
            node.history.beginAnew();
            node.history.record(EventType.MASTER_ELECTED, 9);

            EventReader.Told reset = events.next("reset");
            assertThat(reset.data().get("after").longValue()).isEqualTo(4);
            assertThat(events.next("history").id()).contains("0");
        }
        try (EventReader events = read("/events?since=41")) {
            assertThat(events.next("reset").data().get("last").longValue()).isZero();
            assertThat(events.next("history").id()).contains("0");
        }
    }

    @Test
    void losingZooKeeperDelaysEventsAndLosesNone() throws IOException {
        try (EventReader events = read("/events?since=3")) {
            assertThat(events.next("history").id()).contains("4");
            node.history.cutOff(true);
            node.history.record(EventType.MASTER_LOST, 4);
            node.history.record(EventType.MASTER_ELECTED, 5);

            node.history.cutOff(false);

            assertThat(events.next("history").id()).contains("5");
            assertThat(events.next("history").id()).contains("6");
        }
    }

    /** There is no event when a guard runs out: it is looked for. */
    @Test
    void aMasterWhoseTimeIsUpIsToldOf() throws IOException {
        node.makeMaster();
        try (EventReader events = read("/events")) {
            assertThat(events.next("state").data().get("valid").booleanValue()).isTrue();

            node.validity = Optional.empty();
            node.role = Role.STANDBY;

            Awaitility.await().atMost(SOON).until(() ->
                    events.next("state").data().get("role").textValue().equals("STANDBY"));
        }
    }

    @Test
    void aStreamShowsThatItStands() throws IOException {
        try (NodeHttp lively = open(HttpLimits.DEFAULT.withHeartbeat(Duration.ofMillis(50)));
                EventReader events = new EventReader(lively.address(), "/events")) {
            events.awaitHeartbeats(3);
        }
    }

    @Test
    void noMoreThanTheAllowedNumberReads() throws IOException {
        try (NodeHttp small = open(HttpLimits.DEFAULT.withRoomFor(16, 2));
                EventReader one = new EventReader(small.address(), "/events")) {
            try (EventReader two = new EventReader(small.address(), "/events")) {
                two.next("state");
                assertThatThrownBy(() -> new EventReader(small.address(), "/events")).hasMessage("status 503");
                RawHttp.Heard refused = RawHttp.get(small.address(), "/events");
                assertThat(refused.json().get("error").textValue()).isEqualTo("BUSY");
                assertThat(refused.headers()).containsKey("retry-after");
            }
            Awaitility.await().atMost(SOON).ignoreExceptions().untilAsserted(() ->
                    new EventReader(small.address(), "/events").close());
            assertThat(one.next("state")).isNotNull();
        }
    }

    /** Far more than the sockets hold: what is not read is not written either. */
    @Test
    void aReaderThatDoesNotReadIsCutOffAndTheOthersAreNot() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            node.history.record(EventType.MASTER_LOST, i, 500);
        }
        HttpLimits two = HttpLimits.DEFAULT.withPatience(HASTE, SOON, HASTE).withRoomFor(16, 2);
        try (NodeHttp hasty = open(two); RawHttp idle = new RawHttp(hasty.address(), 4_096);
                EventReader diligent = new EventReader(hasty.address(), "/events?since=-1")) {
            idle.ask("/events?since=-1");
            for (int seq = 0; seq < 2_005; seq++) {
                assertThat(diligent.next("history").id()).contains(Integer.toString(seq));
            }
            // There is room again once it was cut off.
            Awaitility.await().atMost(SOON).ignoreExceptions().untilAsserted(() ->
                    new EventReader(hasty.address(), "/events").close());
            node.history.record(EventType.MASTER_ELECTED, 1);
            assertThat(diligent.next("history").id()).contains("2005");
        }
    }

    @Test
    void whoeverAsksForTheHeadersAloneIsNoReader() throws IOException {
        RawHttp.Heard head = RawHttp.ask(http.address(), "HEAD", "/events");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).containsEntry("content-type", "text/event-stream");
        assertThat(RawHttp.get(http.address(), "/events?since=yesterday").status()).isEqualTo(400);
    }

    @Test
    void nothingIsReadWhileNobodyListens() throws IOException {
        try (EventReader events = read("/events?since=3")) {
            events.next("history");
        }
        int before = node.history.readings.get();
        // One that was set while somebody read may still be heard.
        node.history.record(EventType.MASTER_LOST, 4);
        node.history.record(EventType.MASTER_ELECTED, 5);
        RawHttp.get(http.address(), "/master");

        assertThat(node.history.readings.get()).isBetween(before, before + 1);
    }
}
