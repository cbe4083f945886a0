package io.curia.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a library says over and over again. */
class RepeatsTest {

    private static final String LIBRARY = "org.apache.zookeeper.ClientCnxnSocketNetty";
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final LoggerContext context = new LoggerContext();
    private final Repeats repeats = new Repeats();

    private LoggingEvent event(String logger, Level level, int second, String message) {
        LoggingEvent event = new LoggingEvent("here", context.getLogger(logger), level, message,
                new ConnectException("Connection refused"), null);
        event.setInstant(NOON.plusSeconds(second));
        return event;
    }

    @Test
    void theSameWarningComesOnceAMinuteAndSaysHowOftenItWasMeant() {
        assertThat(repeats.decide(event(LIBRARY, Level.WARN, 0, "no"))).isEqualTo(FilterReply.NEUTRAL);
        for (int second = 1; second < 60; second++) {
            assertThat(repeats.decide(event(LIBRARY, Level.WARN, second, "no"))).isEqualTo(FilterReply.DENY);
        }
        LoggingEvent again = event(LIBRARY, Level.WARN, 60, "no");
        assertThat(repeats.decide(again)).isEqualTo(FilterReply.NEUTRAL);

        assertThat(new String(new TextLines().encode(again), StandardCharsets.UTF_8))
                .endsWith("no: java.net.ConnectException: Connection refused repeated=59" + System.lineSeparator());
    }

    @Test
    void anotherWarningIsNews() {
        repeats.decide(event(LIBRARY, Level.WARN, 0, "no"));

        assertThat(repeats.decide(event(LIBRARY, Level.WARN, 1, "yes"))).isEqualTo(FilterReply.NEUTRAL);
        assertThat(repeats.decide(event("org.apache.curator.X", Level.WARN, 1, "no"))).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void whatWasAskedForAndWhatTheNodeSaysIsNeverHeldBack() {
        for (int second = 0; second < 5; second++) {
            assertThat(repeats.decide(event(LIBRARY, Level.DEBUG, second, "no"))).isEqualTo(FilterReply.NEUTRAL);
            assertThat(repeats.decide(event("io.curia.runtime.X", Level.WARN, second, "no")))
                    .isEqualTo(FilterReply.NEUTRAL);
        }
    }

    @Test
    void onlySoMuchIsRemembered() {
        for (int i = 0; i < 1_000; i++) {
            repeats.decide(event(LIBRARY, Level.WARN, 0, "no " + i));
        }

        assertThat(repeats.decide(event(LIBRARY, Level.WARN, 1, "no 0"))).isEqualTo(FilterReply.NEUTRAL);
        assertThat(repeats.decide(event(LIBRARY, Level.WARN, 1, "no 999"))).isEqualTo(FilterReply.DENY);
    }
}
