package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {

    @ParameterizedTest
    @ValueSource(longs = {100, 1_000, 4_000, 10_000, 60_000})
    void guardEndsWithMarginBeforeTheSessionCan(long sessionMillis) {
        Duration session = Duration.ofMillis(sessionMillis);

        assertThat(Guard.lengthFor(session)).isLessThanOrEqualTo(session.multipliedBy(4).dividedBy(5));
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 4_000, 10_000, 60_000})
    void severalRenewalsMayBeLostBeforeTheGuardRunsOut(long sessionMillis) {
        Duration guard = Guard.lengthFor(Duration.ofMillis(sessionMillis));

        assertThat(3 * Guard.renewalIntervalNanos(guard)).isLessThan(guard.toNanos());
    }

    @Test
    void renewalsAreNeitherAStormNorRare() {
        assertThat(Guard.renewalIntervalNanos(Duration.ofMillis(10))).isEqualTo(Duration.ofMillis(50).toNanos());
        assertThat(Guard.renewalIntervalNanos(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(1).toNanos());
    }
}
