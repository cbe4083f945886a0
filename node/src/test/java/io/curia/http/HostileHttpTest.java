package io.curia.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Endpoint;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing a stranger sends to the HTTP port harms the node: an error where one can be sent, then the end. */
class HostileHttpTest {

    private static final Duration HASTE = Duration.ofMillis(300);
    private static final HttpLimits HASTY = HttpLimits.DEFAULT.withPatience(HASTE, HASTE, HASTE);

    private final FakeNode node = new FakeNode();
    private NodeHttp http;

    private Endpoint start(HttpLimits limits, String... allowed) {
        http = NodeHttp.open(new HttpSettings(new Endpoint("127.0.0.1", 0), Set.of(allowed), limits))
                .serve(node, Clock.systemUTC());
        return http.address();
    }

    private Endpoint start() {
        return start(HttpLimits.DEFAULT);
    }

    @AfterEach
    void stillAnswersThenStops() throws IOException {
        try {
            assertThat(RawHttp.get(http.address(), "/livez").status()).isEqualTo(200);
        } finally {
            http.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "BREW"})
    void nothingCanBeChanged(String method) throws IOException {
        RawHttp.Heard heard = RawHttp.ask(start(), method, "/master");

        assertThat(heard.status()).isEqualTo(405);
        assertThat(heard.headers()).containsEntry("allow", "GET, HEAD, OPTIONS").containsEntry("connection", "close");
        assertThat(heard.json().get("error").textValue()).isEqualTo("METHOD_NOT_ALLOWED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5\r\n\r\nhello", "Content-Length: 1000000000\r\n\r\nh",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"})
    void noBodyIsRead(String rest) throws IOException {
        try (RawHttp client = new RawHttp(start())) {
            client.say("GET /master HTTP/1.1\r\nHost: localhost\r\n" + rest);

            assertThat(client.hear().status()).isEqualTo(413);
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void aLongLineAndManyHeadersAreRefused() throws IOException {
        Endpoint address = start();
        assertThat(RawHttp.get(address, "/" + "a".repeat(HttpLimits.MAX_LINE)).status()).isEqualTo(414);
        try (RawHttp client = new RawHttp(address)) {
            String many = "X: y\r\n".repeat(HttpLimits.MAX_HEADERS / 4);
            client.say("GET / HTTP/1.1\r\nHost: localhost\r\n" + many + "\r\n");
            assertThat(client.hear().status()).isEqualTo(431);
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "hello                                             | 400",
        "GET /master HTTP/1.1                              | 400",
        "GET /master HTTP/1.1~Host: a~Host: b              | 400",
        "GET /master HTTP/9.9~Host: localhost              | 505",
        "GET http://localhost/master HTTP/1.1~Host: localhost | 400",
        "GET master HTTP/1.1~Host: localhost               | 400",
        "GET /?a=%zz HTTP/1.1~Host: localhost              | 400",
        "GET /master HTTP/1.0                              | 503",
        "GET /../etc/passwd HTTP/1.1~Host: localhost       | 404",
        "GET /..%2f..%2fetc/passwd HTTP/1.1~Host: localhost | 404",
        "GET //master HTTP/1.1~Host: localhost             | 404",
        "GET /master/ HTTP/1.1~Host: localhost             | 404",
        "GET /MASTER HTTP/1.1~Host: localhost              | 404",
        "GET /%6daster HTTP/1.1~Host: localhost            | 404",
    })
    void whatIsNotAskedProperlyIsRefused(String request, int status) throws IOException {
        try (RawHttp client = new RawHttp(start())) {
            client.say(request.strip().replace("~", "\r\n") + "\r\n\r\n");

            assertThat(client.hear().status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void randomBytesEndOnlyTheirOwnConnection(long seed) throws IOException {
        byte[] noise = new byte[20_000];
        new Random(seed).nextBytes(noise);
        try (RawHttp client = new RawHttp(start(HASTY))) {
            client.say(noise);
            assertThat(client.isClosedByPeer()).as("seed %d", seed).isTrue();
        }
    }

    /** A web page can have its own name point to this host; the name that is asked for gives it away. */
    @Test
    void onTheLoopbackOnlyAddressesAndLocalhostAreAskedFor() throws IOException {
        Endpoint address = start();
        assertThat(statusFor(address, "localhost:" + address.port())).isEqualTo(503);
        assertThat(statusFor(address, "127.0.0.1")).isEqualTo(503);
        assertThat(statusFor(address, "[::1]:9100")).isEqualTo(503);
        assertThat(statusFor(address, "evil.example")).isEqualTo(421);
        assertThat(statusFor(address, "127.0.0.1.evil.example:80")).isEqualTo(421);
        assertThat(statusFor(address, "localhost.evil.example")).isEqualTo(421);
        assertThat(statusFor(address, "")).isEqualTo(421);
    }

    @Test
    void aNameThatWasAllowedMayBeAskedFor() throws IOException {
        Endpoint address = start(HttpLimits.DEFAULT, "Node.Internal");
        assertThat(statusFor(address, "node.internal:80")).isEqualTo(503);
        assertThat(statusFor(address, "other.internal")).isEqualTo(421);
    }

    private static int statusFor(Endpoint address, String host) throws IOException {
        try (RawHttp client = new RawHttp(address)) {
            return client.say("GET /master HTTP/1.1\r\nHost: " + host + "\r\n\r\n").hear().status();
        }
    }

    @Test
    void whoeverAsksSlowlyIsToldSoAndWhoeverAsksNothingIsLetGo() throws IOException {
        Endpoint address = start(HASTY);
        try (RawHttp slow = new RawHttp(address); RawHttp silent = new RawHttp(address)) {
            slow.say("GET /master HTTP/1.1\r\nHost: lo");

            assertThat(slow.hear().status()).isEqualTo(408);
            assertThat(slow.isClosedByPeer()).isTrue();
            assertThat(silent.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void aConnectionThatIsKeptIsNotKeptForEver() throws IOException {
        try (RawHttp client = new RawHttp(start(HASTY))) {
            assertThat(client.ask("/master").hear().status()).isEqualTo(503);
            assertThat(client.ask("/member").hear().status()).isEqualTo(200);
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void requestsSentAtOnceAreAnsweredInTheirOrder() throws IOException {
        Endpoint address = start();
        CompletableFuture<Answer> late = new CompletableFuture<>();
        http.add("/late", question -> late);
        try (RawHttp client = new RawHttp(address)) {
            client.ask("/late").ask("/member").ask("/nothing");
            late.complete(Answer.empty(204));

            assertThat(client.hear().status()).isEqualTo(204);
            assertThat(client.hear().status()).isEqualTo(200);
            assertThat(client.hear().status()).isEqualTo(404);
        }
    }

    @Test
    void whoeverEndsItsSideIsAnsweredAllTheSame() throws IOException {
        try (RawHttp client = new RawHttp(start())) {
            client.ask("/member").socket().shutdownOutput();

            assertThat(client.hear().status()).isEqualTo(200);
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    /** So many that ask nothing must not keep a load balancer out. */
    @Test
    void aFullHouseOfTheSilentMakesRoomForWhoeverAsks() throws IOException {
        Endpoint address = start(HttpLimits.DEFAULT.withRoomFor(8, 4));
        List<RawHttp> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                silent.add(new RawHttp(address).say("GET /mas"));
            }
            assertThat(RawHttp.get(address, "/member").status()).isEqualTo(200);
            assertThat(silent.get(0).isClosedByPeer()).isTrue();
        } finally {
            for (RawHttp client : silent) {
                client.close();
            }
        }
    }

    /** Their answers are large, and they never read. */
    @Test
    void aFullHouseOfTheDeafMakesRoomForWhoeverAsks() throws IOException {
        Endpoint address = start(HttpLimits.DEFAULT.withRoomFor(4, 1));
        Answer large = Answer.of(200, "text/plain", new byte[16 << 20]);
        http.add("/large", question -> large.now());
        List<RawHttp> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                deaf.add(new RawHttp(address).ask("/large"));
                assertThat(deaf.get(i).line()).contains("200");
            }
            assertThat(RawHttp.get(address, "/member").status()).isEqualTo(200);
        } finally {
            for (RawHttp client : deaf) {
                client.close();
            }
        }
    }

    @Test
    void whoeverDoesNotReadItsAnswerIsLetGo() throws IOException {
        Endpoint address = start(HASTY);
        Answer large = Answer.of(200, "text/plain", new byte[16 << 20]);
        http.add("/large", question -> large.now());
        try (RawHttp deaf = new RawHttp(address, 4_096)) {
            deaf.ask("/large");
            // It reads again once it must have been let go, and hears less than all of it.
            Awaitility.await().pollDelay(HASTE.multipliedBy(2)).until(() -> true);
            assertThat(deaf.countToTheEnd()).isLessThan(16 << 20);
        }
    }
}
