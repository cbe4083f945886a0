package io.curia.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** What a line of the log looks like, for people and for programs. */
class LinesTest {

    private static final String OURS = "io.curia.runtime.ActionRunner";
    private static final String LIBRARY = "org.apache.zookeeper.ClientCnxn";

    private final LoggerContext context = new LoggerContext();
    private final Encoder<ILoggingEvent> text = new TextLines();
    private final Encoder<ILoggingEvent> json =
            new JsonLines(() -> Optional.of(new LogSubject("n1", "pay", "MASTER", 7)));

    private LoggingEvent event(String logger, String message, Throwable failure) {
        LoggingEvent event = new LoggingEvent("here", context.getLogger(logger), Level.WARN, message, failure, null);
        event.setInstant(Instant.parse("2026-11-20T14:14:51.627Z"));
        event.setThreadName("curia-n1-loop");
        return event;
    }

    private String textOf(LoggingEvent event) {
        return new String(text.encode(event), StandardCharsets.UTF_8);
    }

    private JsonNode jsonOf(LoggingEvent event) throws IOException {
        String line = new String(json.encode(event), StandardCharsets.UTF_8);
        assertThat(line).endsWith("}\n").doesNotContain("\n\n");
        assertThat(line.strip()).doesNotContain("\n");
        return new ObjectMapper().readTree(line);
    }

    private static Exception wrapped() {
        return new IllegalStateException("outside", new IOException("inside, and\nmore"));
    }

    @Test
    void aLineOfTextHasTimeLevelPlaceAndWords() {
        assertThat(textOf(event(OURS, "n1: role", null)))
                .matches("2026-11-2[01]T\\d\\d:\\d\\d:51\\.627(Z|[+-]\\d\\d:\\d\\d) "
                        + "WARN  i\\.c\\.r\\.ActionRunner - n1: role\\R");
    }

    @Test
    void ourExceptionsAreToldWithTheirStackRootFirst() {
        assertThat(textOf(event(OURS, "a fault", wrapped()))).contains("a fault" + System.lineSeparator())
                .containsSubsequence("java.io.IOException: inside", "Wrapped by: java.lang.IllegalStateException")
                .contains("LinesTest").endsWith(System.lineSeparator());
    }

    @Test
    void aLibrarysExceptionIsOneWordInItsLine() {
        assertThat(textOf(event(LIBRARY, "closing", wrapped())))
                .endsWith("closing: java.io.IOException: inside, and" + System.lineSeparator())
                .doesNotContain("\tat ");
        assertThat(textOf(event(LIBRARY, "closing", new IOException())))
                .endsWith("closing: java.io.IOException" + System.lineSeparator());
    }

    @Test
    void aLineOfJsonSaysWhoIsSpeakingAndAsWhat() throws IOException {
        JsonNode line = jsonOf(event(OURS, "n1: \"role\"\tä \u2028", null));

        assertThat(line.get("time").asText()).isEqualTo("2026-11-20T14:14:51.627Z");
        assertThat(line.get("level").asText()).isEqualTo("WARN");
        assertThat(line.get("logger").asText()).isEqualTo(OURS);
        assertThat(line.get("thread").asText()).isEqualTo("curia-n1-loop");
        assertThat(line.get("message").asText()).isEqualTo("n1: \"role\"\tä \u2028");
        assertThat(line.get("node").asText()).isEqualTo("n1");
        assertThat(line.get("cluster").asText()).isEqualTo("pay");
        assertThat(line.get("role").asText()).isEqualTo("MASTER");
        assertThat(line.get("epoch").asLong()).isEqualTo(7);
        assertThat(line.has("exception")).isFalse();
    }

    @Test
    void aLineOfJsonHoldsTheWholeException() throws IOException {
        assertThat(jsonOf(event(OURS, "a fault", wrapped())).get("exception").asText())
                .startsWith("java.io.IOException: inside").contains("\tat ");
        assertThat(jsonOf(event(LIBRARY, "closing", wrapped())).get("exception").asText())
                .isEqualTo("java.io.IOException: inside, and");
    }

    @Test
    void keysAndValuesAreFieldsOfTheirOwn() throws IOException {
        LoggingEvent event = event(OURS, "words", null);
        event.addKeyValuePair(new KeyValuePair("peer", "n2"));

        assertThat(jsonOf(event).get("fields").get("peer").asText()).isEqualTo("n2");
    }
}
