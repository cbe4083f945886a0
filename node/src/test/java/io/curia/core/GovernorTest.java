package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.Epoch;
import io.curia.model.Penalty;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GovernorTest {

    private static final Instant NOON = Sight.NOON;

    private static Penalty next(Optional<Penalty> before, Instant now) {
        return Governor.after(before, new Epoch(7), "crashed", now);
    }

    private static Duration length(Penalty penalty) {
        return Duration.between(penalty.at(), penalty.until());
    }

    @Test
    void theFirstLossCostsNothing() {
        Penalty first = next(Optional.empty(), NOON);

        assertThat(first.strikes()).isEqualTo(1);
        assertThat(first.runs(NOON)).isFalse();
    }

    @Test
    void everyFurtherLossCostsTwiceAsMuchUpToAnHour() {
        Penalty penalty = next(Optional.empty(), NOON);
        Instant now = NOON;
        for (int minutes : new int[] {5, 10, 20, 40, 60, 60}) {
            now = penalty.until().plusSeconds(20);
            penalty = next(Optional.of(penalty), now);
            assertThat(length(penalty)).isEqualTo(Duration.ofMinutes(minutes));
        }
        for (int i = 0; i < 100; i++) {
            penalty = next(Optional.of(penalty), now);
        }
        assertThat(length(penalty)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void whatIsAnHourInThePastIsForgotten() {
        Penalty second = next(Optional.of(next(Optional.empty(), NOON)), NOON);

        assertThat(next(Optional.of(second), second.until().plus(Duration.ofMinutes(59))).strikes()).isEqualTo(3);
        assertThat(next(Optional.of(second), second.until().plus(Duration.ofHours(1))).strikes()).isEqualTo(1);
    }
}
