package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How lengths of time are spelled. */
class AgeTest {

    @ParameterizedTest
    @CsvSource({"PT0S,0s", "PT0.5S,500ms", "PT1.5S,1s", "PT59.9S,59s", "PT60S,1m", "PT59M59S,59m", "PT2H,2h",
        "PT2H5M,2h5m", "P1D,1d", "P3DT4H,3d4h"})
    void lengthsAreSpelledInTheirGreatestUnits(Duration length, String spelled) {
        assertThat(Age.spell(length)).isEqualTo(spelled);
    }

    @Test
    void agesAreWholeSecondsAndNeverNegative() {
        Instant now = Instant.parse("2026-01-31T12:00:00.900Z");

        assertThat(Age.of(now.minusMillis(400), now)).isEqualTo("0s");
        assertThat(Age.of(now.plusSeconds(90), now)).isEqualTo("0s");
    }
}
