package io.curia.singleton;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff();

    @Test
    void thePauseDoublesUpToItsLimit() {
        assertThat(Stream.generate(() -> backoff.after(Duration.ofSeconds(1))).limit(8).map(Duration::toMillis))
                .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L);
    }

    @Test
    void aGoodRunBeginsItAnew() {
        backoff.after(Duration.ZERO);
        backoff.after(Duration.ZERO);

        assertThat(backoff.after(Backoff.HEALTHY)).isEqualTo(Backoff.FIRST);
        assertThat(backoff.after(Duration.ZERO)).isEqualTo(Backoff.FIRST.multipliedBy(2));
    }
}
