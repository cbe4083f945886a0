package io.curia.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HookFactsTest {

    private static final HookFacts FACTS = HookFacts.of(HookEvent.PRE_MASTER, Instant.parse("2026-01-31T12:00:00Z"))
            .with("epoch", 7L).with("reason", "a \"quoted\" word\0").with("previous_master", Optional.empty());

    @Test
    void theyAreToldInTheEnvironment() {
        assertThat(FACTS.environment()).containsEntry("CURIA_EVENT", "pre-master").containsEntry("CURIA_EPOCH", "7")
                .containsEntry("CURIA_REASON", "a \"quoted\" word").doesNotContainKey("CURIA_PREVIOUS_MASTER");
    }

    @Test
    void andAsAnObject() {
        assertThat(new String(FACTS.json(), StandardCharsets.UTF_8)).isEqualTo("{\"event\":\"pre-master\","
                + "\"at\":\"2026-01-31T12:00:00Z\",\"epoch\":7,\"reason\":\"a \\\"quoted\\\" word\\u0000\"}\n");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(FACTS.with("reason", "x".repeat(5000)).environment().get("CURIA_REASON")).hasSize(1000);
    }
}
