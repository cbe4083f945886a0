package io.curia.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class HysteresisTest {

    private static final Optional<String> FIT = Optional.empty();
    private static final Optional<String> UNFIT = Optional.of("no");

    @Test
    void theFirstAnswerDecidesAlone() {
        assertThat(new Hysteresis(5, 5).answered(FIT)).isTrue();
        assertThat(new Hysteresis(5, 5).answered(UNFIT)).isTrue();
    }

    @Test
    void failuresInARowMakeUnfit() {
        Hysteresis row = new Hysteresis(1, 3);
        row.answered(FIT);

        assertThat(row.answered(UNFIT)).isFalse();
        assertThat(row.answered(UNFIT)).isFalse();
        assertThat(row.answered(UNFIT)).isTrue();
        assertThat(row.answered(UNFIT)).isFalse();
    }

    @Test
    void aPassInBetweenBeginsTheCountAnew() {
        Hysteresis row = new Hysteresis(1, 2);
        row.answered(FIT);
        row.answered(UNFIT);
        row.answered(FIT);

        assertThat(row.answered(UNFIT)).isFalse();
    }

    @Test
    void passesInARowMakeFitAgain() {
        Hysteresis row = new Hysteresis(2, 1);
        row.answered(UNFIT);

        assertThat(row.answered(FIT)).isFalse();
        assertThat(row.answered(FIT)).isTrue();
    }
}
