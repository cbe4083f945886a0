package io.curia.wire;

import static io.curia.wire.RawClient.PING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Endpoint;
import io.curia.model.RefusalReason;
import io.curia.wire.message.ErrorCode;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.Refused;
import java.io.IOException;
import java.net.SocketException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing a stranger sends to a port harms a node: a typed error where one can be sent, then the end. */
final class HostileClientTest extends UnharmedPort {

    private static String pingOf(int bytes) {
        String empty = "{\"v\":1,\"type\":\"ping\",\"pad\":\"\"}";
        return empty.replace("\"\"", '"' + "x".repeat(bytes - empty.length()) + '"');
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "hello                                     | NOT_JSON",
        "{\"v\":1,\"type\":\"ping\"                 | NOT_JSON",
        "{\"v\":1,\"type\":\"pnig\"}                | UNKNOWN_TYPE",
        "{\"v\":9,\"type\":\"ping\"}                | UNKNOWN_VERSION",
        "{\"v\":1,\"type\":\"members\",\"after\":7} | INVALID",
        "{\"v\":1,\"type\":\"yielded\",\"epoch\":1,\"claim\":\"c\",\"cause\":\"LEFT\"} | INVALID",
    })
    void badLineIsAnsweredAfterTheGoodOnesAndEndsTheConnection(String line, ErrorCode code) throws IOException {
        try (RawClient client = new RawClient(start())) {
            client.say(PING + line + "\n" + PING);

            assertThat(client.hear()).isEqualTo(Handlers.PONG);
            assertThat(client.hearError().code()).isEqualTo(code);
            assertThat(client.hear()).isNull();
        }
    }

    @Test
    void joinOfAnotherVersionIsRefusedAsAJoin() throws IOException {
        try (RawClient client = new RawClient(start())) {
            client.say("{\"v\":2,\"type\":\"join\"}\n");

            assertThat(((Refused) client.hear()).reason()).isEqualTo(RefusalReason.VERSION);
            assertThat(client.hear()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"160301020001000001fc0303", "474554202f20485454502f312e310d0a", "00", "ff", "0a", "7b7b0a"})
    void noiseIsAnsweredAtOnceWithoutWaitingForTheEndOfItsLine(String hex) throws IOException {
        try (RawClient client = new RawClient(start())) {
            client.say(HexFormat.of().parseHex(hex));

            assertThat(client.hearError().code()).isEqualTo(ErrorCode.NOT_JSON);
            assertThat(client.hear()).isNull();
        }
    }

    @Test
    void tlsAndHttpAreCalledByTheirNames() throws IOException {
        Endpoint address = start();
        try (RawClient tls = new RawClient(address); RawClient http = new RawClient(address)) {
            assertThat(tls.say(new byte[] {0x16, 3, 1}).hearError().detail()).contains("TLS");
            assertThat(http.say("GET / HTTP/1.1\r\n").hearError().detail()).contains("HTTP");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomBytesEndOnlyTheirOwnConnection(long seed) throws IOException {
        byte[] noise = new byte[200_000];
        new Random(seed).nextBytes(noise);
        try (RawClient client = new RawClient(start())) {
            client.say(noise);

            assertThat(client.hearError().code()).as("seed %d", seed).isEqualTo(ErrorCode.NOT_JSON);
        }
    }

    @Test
    void lineOfExactly64KiBIsAnswered() throws IOException {
        try (RawClient client = new RawClient(start())) {
            assertThat(client.say(pingOf(MessageCodec.MAX_LINE) + "\n").hear()).isEqualTo(Handlers.PONG);
            assertThat(client.say(PING).hear()).isEqualTo(Handlers.PONG);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {MessageCodec.MAX_LINE + 1, 900_000})
    void lineOverTheLimitIsToldSoThoughItsSenderIsStillSending(int bytes) throws IOException {
        try (RawClient client = new RawClient(start())) {
            client.say(pingOf(bytes) + "\n");

            assertThat(client.hearError().code()).isEqualTo(ErrorCode.TOO_LONG);
            assertThat(client.hear()).isNull();
        }
    }

    @Test
    void endlessLineIsCutOff() throws IOException {
        byte[] more = "x".repeat(100_000).getBytes(UTF_8);
        try (RawClient client = new RawClient(start())) {
            client.say("{");
            SocketException cut = null;
            for (int i = 0; i < 10_000 && cut == null; i++) {
                try {
                    client.say(more);
                } catch (SocketException e) {
                    cut = e;
                }
            }
            assertThat(cut).as("the sender of a gigabyte").isNotNull();
        }
    }
}
